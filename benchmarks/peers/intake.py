#!/usr/bin/python3
"""Reading a CSV with pandas: "<file> <times>" a line, answered with the seconds of processor time of each reading."""
import json
import sys
import time

import pandas


def main():
    print(json.dumps({"version": pandas.__version__}), flush=True)
    for line in sys.stdin:
        file, times = line.rstrip("\n").rsplit(" ", 1)
        values = []
        for _ in range(int(times)):
            start = time.process_time()
            pandas.read_csv(file)
            values.append(time.process_time() - start)
        print(json.dumps({"values": values}), flush=True)


if __name__ == "__main__":
    main()
