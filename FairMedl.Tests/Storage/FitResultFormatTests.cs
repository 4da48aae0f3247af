using System.Text.Json;
using System.Text.Json.Serialization;
using FairMedl.Core.Fits;
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
