using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FairMedl.Benchmarks;
using FairMedl.Peer;
using TorchSharp;

// Arguments: the folder of libtorch and the path of TorchSharp's native library, where they are not those of the packages. Reads and
// answers the requests of peers/train.py.
Natives.Load(args.ElementAtOrDefault(0), args.ElementAtOrDefault(1));
torch.set_num_threads(1);
torch.random.manual_seed(1);
var running = new Dictionary<(string Model, string Size), (Training Training, Data Data)>();
Answer(new { version = $"{typeof(torch).Assembly.GetName().Version!.ToString(3)}, libtorch {torch.__version__}" });
while (Console.ReadLine() is { } line)
{
    string[] words = line.Split(' ');
    if (words[0] == "losses")
    {
        using Training training = Create(words[1], words[2]);
        Answer(new { values = Losses.Of(training, Batch(words[2])) });
        continue;
    }

    if (int.Parse(words[3], CultureInfo.InvariantCulture) is >= 0 and int processor) OneProcessor.Bind(processor);
    Answer(new { values = Measure(words[0], words[1], double.Parse(words[2], CultureInfo.InvariantCulture)) });
}

List<double> Measure(string model, string size, double seconds)
{
    if (!running.TryGetValue((model, size), out (Training Training, Data Data) of))
    {
        running[(model, size)] = of = (Create(model, size), new Data());
        // Until the just-in-time compiler has optimised the step.
        for (long end = After(1.5); Stopwatch.GetTimestamp() < end;) Step();
    }

    for (int i = 0; i < 20; i++) Step();
    var times = new List<double>();
    for (long end = After(seconds); Stopwatch.GetTimestamp() < end || times.Count < 20;)
    {
        long start = ProcessorTime.Nanoseconds();
        Step();
        times.Add((ProcessorTime.Nanoseconds() - start) / 1e3);
    }

    return times;

    void Step()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        of.Training.Step(of.Data.Next(Batch(size)));
    }
}

static int Batch(string size) => size == "small" ? 128 : 1024;

static Training Create(string model, string size) =>
    size == "small" ? new(model, [4, 4, 4], [8, 8, 4]) : new(model, [128, 64, 32], [64, 32]);

static long After(double seconds) => Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);

static void Answer(object answer) => Console.WriteLine(JsonSerializer.Serialize(answer));
