using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Core.Storage.Formats;
using FairMedl.Core.Storage.Stores;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Scoring;
using FairMedl.Tests.Studies;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FairMedl.Tests.Storage;

public sealed class TrainedModelTests
{
    private static readonly FitKey Key = new("medl", 7, 1);

    [Fact]
    public void Read_WhatWasWritten_EveryFieldIsTheSame()
    {
        TrainedModel model = Model(), read = TrainedModelFormat.Read(TrainedModelFormat.Write(model));

        Assert.Equal(JsonSerializer.Serialize(model), JsonSerializer.Serialize(read));
        Assert.Equal(model.Parameters[0].Values.Select(BitConverter.SingleToUInt32Bits), read.Parameters[0].Values.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Read_AnyByteChangedOrCut_Throws()
    {
        byte[] whole = TrainedModelFormat.Write(Model());
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            Assert.Throws<StoredFormatException>(() => TrainedModelFormat.Read(damaged));
            Assert.Throws<StoredFormatException>(() => TrainedModelFormat.Read(whole[..i]));
        }
    }

    [Fact]
    public void Read_AnOlderFormat_ThrowsWithVersionAndRemedy()
    {
        byte[] older = TrainedModelFormat.Write(Model());
        older[4] = 1;

        StoredFormatException refused = Assert.Throws<StoredFormatException>(() => TrainedModelFormat.Read(older));
        Assert.Contains("has format 1; this version of FairMedl reads format 2. Run the fit again.", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A file of an earlier version of the program, whose content is written here without the writer of today.</summary>
    [Fact]
    public void Read_AModelAndARunOfFormat2_HaveEveryField()
    {
        byte[] model = EarlierModel();
        TrainedModel read = TrainedModelFormat.Read(model);

        Assert.Equal(new FitKey("nnet", 7, 1), read.Key);
        Assert.Equal(("nnet", 30, 0.5), (read.Specification.Kind.Id, read.Specification.Training.Epochs, read.Specification.Model.LambdaY));
        Assert.Equal([6, 5], read.Specification.Model.Hidden);
        Assert.Equal((ThresholdRule.Half, UnseenClusterRule.Hard), (read.Specification.Training.Threshold, read.Specification.Training.UnseenClusters));
        Assert.Equal(["no", "yes"], read.TargetLevels);
        Assert.Equal((1, 2), (read.Encoder.Attributes, read.Encoder.Features.Count));
        Assert.Equal((0.25, 2, true), (read.Encoder.Features[0].Mean, read.Encoder.Features[0].Scale, read.Encoder.Features[0].HasIndicator));
        Assert.Equal(["f", "m"], read.Encoder.Features[1].Levels);
        Assert.Equal([true, false], Assert.Single(read.Attributes).Learned);
        Assert.Equal((0.5, null), (read.FixedThreshold, read.MixedThreshold));
        Assert.Equal([1.5f, -2f], Assert.Single(read.Parameters).Values);

        TrainedRun run = TrainedRunFormat.Read(Sealed("FMRN", writer =>
        {
            writer.Write(StudyJson.Write(SmallStudy.Definition("nnet")));
            writer.Write(2);
            for (int i = 0; i < 2; i++)
            {
                writer.Write(model.Length);
                writer.Write(model);
            }
        }));
        Assert.Equal(2, run.Models.Count);
    }

    private static byte[] EarlierModel() => Sealed("FMTM", writer =>
    {
        byte[] json = Encoding.UTF8.GetBytes("""
            {"Kind":"nnet","Seed":7,"Fold":1,
            "Settings":{"Hidden":[6,5],"ClusterAdversaryHidden":[8,8,4],"AdversaryHidden":16,"LambdaY":0.5,"LambdaF":1,"LambdaG":0.2,"LambdaK":0.001,
            "LambdaFe":0.2,"LambdaMe":0.2,"LambdaS":0.02,"CorrelationWarmUpEpochs":3,"AttributeFactors":{},"GroupWeightExponent":0,
            "GroupWeightExponents":{},"GroupWeightCap":6,"PriorSlopeSd":0.15,"PriorInterceptSd":0.1},
            "Training":{"Epochs":30,"BatchSize":128,"LearningRate":0.001,"Schedule":"ConstantThenCosine","WeightDecay":0,"AveragingDecay":0,
            "ClipNorm":5,"ClassWeights":true,"Threshold":"Half","UnseenClusters":"Hard"},
            "Task":"Classification","TargetLevels":["no","yes"],
            "Encoder":{"Features":[
            {"Column":"age","IsProbe":false,"Attribute":null,"Levels":null,"Mean":0.25,"Scale":2,"HasIndicator":true},
            {"Column":"sex","IsProbe":false,"Attribute":0,"Levels":["f","m"],"Mean":0,"Scale":0,"HasIndicator":false}],"Attributes":1},
            "TargetMean":0,"TargetSd":1,"Clusters":["a","b"],"Attributes":[{"Name":"sex","GroupNames":["f","m"],"Learned":[true,false]}],
            "FixedThreshold":0.5,"MixedThreshold":null,"Weights":[{"Name":"fixed effects.0.weight","Shape":[1,2]}]}
            """);
        writer.Write(json.Length);
        writer.Write(json);
        writer.Write(1.5f);
        writer.Write(-2f);
    });

    private static byte[] Sealed(string letters, Action<BinaryWriter> write)
    {
        using var body = new MemoryStream();
        using (var brotli = new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(brotli, Encoding.UTF8)) write(writer);
        byte[] content = body.ToArray();
        return [.. Encoding.ASCII.GetBytes(letters), 2, 0, .. SHA256.HashData(content), .. content];
    }

    [Fact]
    public async Task Finish_WithAModel_StoresItSeparatelyUntilTheStudyIsDeleted()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        int study = await FinishedAsync(storage, Model());

        Assert.Null(Assert.Single(await storage.Fits.ResultsAsync(study)).Model);
        KeptModels kept = await storage.TrainedModels.ReadAsync(study);
        Assert.Equal(Key, Assert.Single(kept.Models).Key);
        Assert.Empty(kept.Faults);
        Assert.Empty((await storage.TrainedModels.ReadAsync(study, f => f.Model == "nnet")).Models);
        Assert.Empty((await storage.TrainedModels.ReadAsync(study, f => f.Fold == 0)).Models);
        Assert.Single((await storage.TrainedModels.ReadAsync(study, f => f is { Model: "medl", Fold: 1 })).Models);

        await storage.Studies.DeleteAsync(study);
        await using StudyDatabase database = storage.CreateDbContext();
        Assert.False(await database.TrainedModels.AnyAsync());
    }

    [Fact]
    public async Task Read_FitWithoutAModelOrWithADamagedOne_HasAReason()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        int without = await FinishedAsync(storage, null), damaged = await FinishedAsync(storage, Model());
        await using (StudyDatabase database = storage.CreateDbContext())
        {
            StoredTrainedModel stored = await database.TrainedModels.SingleAsync();
            stored.Content[^1] ^= 1;
            database.Entry(stored).Property(s => s.Content).IsModified = true;
            await database.SaveChangesAsync();
        }

        Assert.Contains("its model was not stored", Assert.Single((await storage.TrainedModels.ReadAsync(without)).Faults), StringComparison.Ordinal);
        KeptModels kept = await storage.TrainedModels.ReadAsync(damaged);
        Assert.Contains("medl/7/1: The stored model is damaged", Assert.Single(kept.Faults), StringComparison.Ordinal);
        Assert.Empty(kept.Models);
    }

    private static async Task<int> FinishedAsync(TemporaryStorage storage, TrainedModel? model)
    {
        int dataset = await storage.AddDatasetAsync();
        (int study, IReadOnlyList<FitTicket> fits) = await storage.Studies.QueueAsync(dataset, "study", "{}", "00", [new NewFit(Key, 1)]);
        FitClaim claim = (await storage.Fits.ClaimAsync(fits[0]))!;
        Assert.True(await storage.Fits.FinishAsync(claim, FitResults.Plain(Key) with { Model = model }));
        return study;
    }

    private static TrainedModel Model() => new()
    {
        Key = Key,
        Specification = new FitSpecification(
            ModelCatalogue.Find("medl")!,
            new ModelSettings { Hidden = [3], AttributeFactors = new Dictionary<string, double> { ["race"] = 1.3 }, LambdaK = 0.1 + 0.2 },
            new TrainingSettings { UnseenClusters = UnseenClusterRule.Hard }),
        Task = PredictionTask.Classification,
        TargetLevels = ["no", "yes"],
        Encoder = new FittedEncoder(
            [
                new FittedFeature { Column = "age", Mean = 1.0 / 3, Scale = 2, HasIndicator = true },
                new FittedFeature { Column = "race", Attribute = 0, Levels = ["Été", "(missing)"] },
            ],
            1),
        TargetMean = 0,
        TargetSd = 1,
        Clusters = ["a", "b"],
        Attributes = [new TrainedAttribute("race", ["Été", "(missing)"], [true, false])],
        FixedThreshold = 0.1 + 0.2,
        MixedThreshold = null,
        Parameters = [new NamedParameter("fixed effects.0.weight", [1, 4], [0.1f, -0f, float.Epsilon, 3e38f])],
    };
}
