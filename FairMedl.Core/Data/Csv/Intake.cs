using System.Security.Cryptography;

namespace FairMedl.Core.Data.Csv;

/// <summary>Counts a file's bytes, hashes them and holds them to the limit.</summary>
internal sealed class Intake(CsvLimits limits) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many bytes there were.</summary>
    public long Bytes { get; private set; }

    /// <summary>SHA-256 of what there was, in lower-case hexadecimal.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Adds bytes to the hash.</summary>
    /// <exception cref="InputException">They are too many.</exception>
    public void Take(ReadOnlySpan<byte> read)
    {
        hash.AppendData(read);
        Bytes += read.Length;
        if (Bytes > limits.MaxBytes)
        {
            throw new InputException(new InputFault(
                $"The file is larger than {MessageText.Count(limits.MaxBytes)} bytes.", "Upload fewer rows or columns."));
        }
    }

    public void Dispose() => hash.Dispose();
}
