using FairMedl.Core.Data;
using FairMedl.Core.Data.Encoders;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Numerics;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Tests.Reports;

/// <summary>A small study whose names try every writer: formulas, pipes, markup, LaTeX specials, commas, quotes.</summary>
internal static class SampleStudy
{
    public const string Race = "race|<b>&_%";

    public static readonly string[] Groups = ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "a, \"b\" & c_d", "-1"];

    /// <summary>Two models over two seeds; the fair one has smaller spreads by the factor.</summary>
    public static StudyResults Classification(double factor = .5) => Build(PredictionTask.Classification, (fair, seed, age, race, split) =>
    {
        double gap = fair ? factor : 1;
        SplitAudit audit = Audit(seed, age, race, split);
        return audit with
        {
            BalancedAccuracy = new(fair ? .811 : .813, Lower: .80, Upper: .82, N: audit.N),
            Attributes = audit.Attributes.Select((a, i) => a with
            {
                TprSd = i == 0 ? new Estimate(.174 * gap, Lower: .174 * gap - .01, Upper: .174 * gap + .01, N: 100) : new Estimate(.1 * gap, N: 100, Note: "3 of 4 groups"),
                CounterfactualFairness = new(.1, N: audit.N),
            }).ToArray(),
        };
    });

    public static StudyResults Regression() => Build(PredictionTask.Regression, (fair, seed, age, race, _) =>
    {
        var random = new RandomStream(seed);
        float[] targets = age.Groups.Select(g => (float)(1000 * g + 300 * random.NextNormal())).ToArray();
        float[] predictions = Array.ConvertAll(targets, t => t * (fair ? .95f : .9f));
        return SplitAuditor.Regression(targets, predictions, [age, race]);
    });

    public static FitResult Fit(string model, int fold, bool mixed, double? threshold = .5) => new()
    {
        Key = new FitKey(model, 1, fold),
        TestRows = [0, 2],
        FixedEffects = new HeadPredictions { Threshold = threshold, Test = [.5f, .25f], TestFlips = [], Unseen = [.1f], UnseenFlips = [] },
        MixedEffects = mixed ? new HeadPredictions { Threshold = threshold, Test = [.75f, .1f], TestFlips = [], Unseen = [], UnseenFlips = [] } : null,
        Epochs = [],
        Layout = new EncodedLayout([], []),
        Importance = [],
        Steps = 10,
        TrainingRows = 100,
        SelectedEpoch = 2,
        UnseenLevels = 0,
        TrainSeconds = 1.5,
        EvaluateSeconds = .25,
    };

    public static StudyData Data() => new()
    {
        Task = PredictionTask.Classification,
        Target = [1, 0, 1, 0],
        TargetDescription = "y = 1",
        Cluster = [0, 1, 0, 1],
        ClusterColumn = "cluster",
        ClusterNames = ["a", "b"],
        SeenClusterCount = 1,
        Sensitive = [],
        Features = [],
        SeenRows = [0, 2, 3],
        UnseenRows = [1],
        SourceRows = [11, 12, 13, 14],
        Excluded = [],
    };

    private static StudyResults Build(PredictionTask task, Func<bool, ulong, AttributeRows, AttributeRows, Split, SplitAudit> audit)
    {
        var audits = new List<AuditResult>();
        foreach (string model in new[] { "medl", "fair-adb-medl" })
        {
            foreach (Head head in new[] { Head.FixedEffects, Head.MixedEffects })
            {
                foreach (Split split in new[] { Split.Seen, Split.Unseen })
                {
                    ulong[] seeds = [1, 2];
                    SplitAudit[] bySeed = seeds.Select(s => audit(model.StartsWith("fair", StringComparison.Ordinal), s, Rows("age", ["<=30", "31-45", ">45"]), Rows(Race, Groups), split)).ToArray();
                    audits.AddRange(seeds.Zip(bySeed, (s, a) => new AuditResult(model, head, split, s, a)));
                    audits.Add(new AuditResult(model, head, split, null, SeedAverage.Over(bySeed)));
                }
            }
        }

        FitSummary[] fits = [.. new[] { "medl", "fair-adb-medl" }.SelectMany(m => Enumerable.Range(0, 2).Select(f => new FitSummary(new FitKey(m, 1, f), 120, 80, 1.5, .25, .4, task == PredictionTask.Regression ? null : .45, 2, [new EpochLosses(1, .5, .4), new EpochLosses(2, .4, .3)])))];
        return new StudyResults
        {
            Header = new StudyHeader(
                "A \"study\" <of> 100 % & more",
                "d1f0", "da7a", "0.1.0", "cpu (managed, 256-bit)",
                new StudyDefinition
                {
                    Name = "A \"study\" <of> 100 % & more",
                    Data = new DataSpecification
                    {
                        Target = new TargetSpecification("income", task, task == PredictionTask.Regression ? null : [">50K"]),
                        Cluster = new ClusterSpecification("occupation"),
                        Sensitive = [new SensitiveSpecification("age", [30, 45]), new SensitiveSpecification(Race)],
                        Features = ["hours", "age", Race],
                    },
                    Protocol = new ProtocolSpecification { Folds = 2, Seeds = [1, 2] },
                    Models = [new ModelRequest("medl"), new ModelRequest("fair-adb-medl")],
                },
                "income = >50K", 120, 80, 40, [new ClusterSize("=sales", 50), new ClusterSize("office", 30)], 8, ["One | warning <i>with</i> markup."]),
            Audits = audits,
            Fits = fits,
            Importance = [new ImportanceResult("medl", [new("hours", "hours", false, .25, 1, 1, 1, 2), new("+probe", "+probe", true, .125, 2, 2, 1, 2)], [new("hours", false, .25, 1), new("+probe", true, .125, 2)])
            {
                Permutation = [new("+probe", true, new Estimate(.125, Lower: .0625, Upper: .1875, N: 80), 1), new("hours", false, new Estimate(0, Lower: -.03125, Upper: .03125, N: 80, Note: "no decision changed"), 2)],
            }],
            RandomEffects = [new RandomEffectsResult("medl", ["hours", "@x"], [new("=sales", 50, .5, .25, [.1, .2], [.01, .02], -.75, .5), new("office", 30, -.5, .25, [-.1, .4], [.01, .02], 1.25, .375)]) { IsCentered = true }],
        };
    }

    private static SplitAudit Audit(ulong seed, AttributeRows age, AttributeRows race, Split split)
    {
        var random = new RandomStream(seed).Child(split.ToString());
        float[] labels = age.Groups.Select(_ => (float)random.NextInt(2)).ToArray();
        float[] probabilities = labels.Select(y => (float)Math.Clamp(.3 + .3 * y + .2 * random.NextNormal(), 0, 1)).ToArray();
        return SplitAuditor.Classification(labels, probabilities, Array.ConvertAll(probabilities, p => p >= .5f), [age, race], null, new AuditResampling(random.Child("resampling"), 50));
    }

    private static AttributeRows Rows(string name, string[] groups) =>
        new(name, groups, Enumerable.Range(0, 360).Select(i => i % (groups.Length == 4 ? 3 : groups.Length)).ToArray());
}
