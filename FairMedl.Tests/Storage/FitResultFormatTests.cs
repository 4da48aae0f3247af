using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairMedl.Core.Fits;
using FairMedl.Core.Fits.Engines;
using FairMedl.Core.Storage.Formats;
using Xunit;

namespace FairMedl.Tests.Storage;

public class FitResultFormatTests
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [Fact]
    public void Read_WhatWasWritten_EveryFieldIsTheSame()
    {
        FitResult full = FitResults.Full(new FitKey("fair-adb-medl", ulong.MaxValue, 9)), plain = FitResults.Plain(new FitKey("nnet", 0, 0));

        // The serializer prints numbers so that they read back as the same bits (save NaN's payload, tested below).
        Assert.Equal(JsonSerializer.Serialize(full, Json), JsonSerializer.Serialize(FitResultFormat.Read(FitResultFormat.Write(full)), Json));
        Assert.Equal(JsonSerializer.Serialize(plain, Json), JsonSerializer.Serialize(FitResultFormat.Read(FitResultFormat.Write(plain)), Json));
    }

    [Fact]
    public void Read_AnyFloat_HasTheSameBits()
    {
        float[] odd = [0f, -0f, float.Epsilon, -float.Epsilon, float.NaN, BitConverter.UInt32BitsToSingle(0x7FC12345), float.PositiveInfinity, float.MinValue, 0.1f];
        FitResult result = FitResults.Full(new FitKey("medl", 1, 0)) with { Importance = odd };

        float[] read = FitResultFormat.Read(FitResultFormat.Write(result)).Importance;
        Assert.Equal(odd.Select(BitConverter.SingleToUInt32Bits), read.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Read_AnyByteChanged_Throws()
    {
        byte[] whole = FitResultFormat.Write(FitResults.Full(new FitKey("medl", 1, 0), rows: 5));
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            Assert.Throws<StoredFormatException>(() => FitResultFormat.Read(damaged));
        }
    }

    [Fact]
    public void Read_CutAnywhere_Throws()
    {
        byte[] whole = FitResultFormat.Write(FitResults.Full(new FitKey("medl", 1, 0), rows: 5));
        for (int length = 0; length < whole.Length; length++) Assert.Throws<StoredFormatException>(() => FitResultFormat.Read(whole[..length]));
    }

    /// <summary>The bytes of formats 1 and 2 are written field by field, independently of the writer of today.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_AnOlderFormat_HasItsFieldsAndNoOthers(byte version)
    {
        FitResult read = FitResultFormat.Read(Older(version));

        Assert.Equal(new FitKey("medl", 3, 1), read.Key);
        Assert.Equal([2, 302], read.TestRows);
        Assert.Equal(0.25, read.FixedEffects.Threshold);
        Assert.Equal([1.5f, -2f], read.FixedEffects.Test);
        Assert.Equal([0.5f, 0.75f], Assert.Single(read.FixedEffects.TestFlips));
        Assert.Null(read.MixedEffects);
        Assert.Equal(new EpochLosses(1, 0.5, 0.25), Assert.Single(read.Epochs));
        Assert.Equal("age", Assert.Single(read.Layout.Features).Name);
        Assert.Equal([3f], read.Importance);
        Assert.Null(read.RandomEffects);
        Assert.Equal((40, 200, 1, 7L, 1.25, 0.125),
            (read.Steps, read.TrainingRows, read.SelectedEpoch, read.UnseenLevels, read.TrainSeconds, read.EvaluateSeconds));
        Assert.Equal(version == 2 ? new ComputeOrigin("managed", "managed engine", "0.1.0", "cpu", null, 512) : null, read.Origin);
        Assert.Null(read.FeatureSd);
        Assert.Null(read.Permutation);
    }

    private static byte[] Older(byte version)
    {
        using var body = new MemoryStream();
        using (var brotli = new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(brotli, Encoding.UTF8))
        {
            writer.Write("medl");
            writer.Write(3UL);
            writer.Write7BitEncodedInt(1);
            // Test rows: their number, then the differences.
            foreach (int n in (int[])[2, 2, 300]) writer.Write7BitEncodedInt(n);
            writer.Write(true);
            writer.Write(0.25);
            Floats(1.5f, -2f);
            writer.Write7BitEncodedInt(1);
            Floats(0.5f, 0.75f);
            Floats();
            writer.Write7BitEncodedInt(0);
            writer.Write(false); // No mixed effects.
            writer.Write7BitEncodedInt(1);
            writer.Write7BitEncodedInt(1);
            writer.Write(0.5);
            writer.Write(true);
            writer.Write(0.25);
            for (int missing = 0; missing < 6; missing++) writer.Write(false);
            writer.Write7BitEncodedInt(1);
            writer.Write("age");
            writer.Write("age");
            writer.Write(false); // No level.
            writer.Write(false); // No probe.
            writer.Write7BitEncodedInt(0);
            Floats(3f);
            writer.Write(false); // No random effects.
            writer.Write7BitEncodedInt(40);
            writer.Write7BitEncodedInt(200);
            writer.Write7BitEncodedInt(1);
            writer.Write7BitEncodedInt64(7);
            writer.Write(1.25);
            writer.Write(0.125);
            if (version == 2)
            {
                writer.Write(true);
                foreach (string text in (string[])["managed", "managed engine", "0.1.0", "cpu"]) writer.Write(text);
                writer.Write(false); // No name of the device.
                writer.Write(true);
                writer.Write7BitEncodedInt(512);
            }

            // The number of values, then their bytes grouped by significance.
            void Floats(params float[] values)
            {
                writer.Write7BitEncodedInt(values.Length);
                byte[][] bytes = [.. values.Select(BitConverter.GetBytes)];
                for (int part = 0; part < sizeof(float); part++) writer.Write([.. bytes.Select(b => b[part])]);
            }
        }

        byte[] content = body.ToArray();
        return [.. "FMFR"u8, version, 0, .. SHA256.HashData(content), .. content];
    }

    [Fact]
    public void Read_OtherVersion_ThrowsWithTheVersion()
    {
        byte[] bytes = FitResultFormat.Write(FitResults.Full(new FitKey("medl", 1, 0), rows: 5));
        bytes[4] = 99;

        StoredFormatException e = Assert.Throws<StoredFormatException>(() => FitResultFormat.Read(bytes));
        Assert.Contains("format 99", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_RowsNotAscending_Throws() =>
        Assert.Throws<ArgumentException>(() => FitResultFormat.Write(FitResults.Full(new FitKey("medl", 1, 0)) with { TestRows = [2, 1] }));
}
