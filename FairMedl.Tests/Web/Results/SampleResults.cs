using FairMedl.Core.Data.Roles;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Interpretation;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Tests.Web.Results;

/// <summary>A small study's numbers, made up by formula so that each cell of a table can be told from the others.</summary>
internal static class SampleResults
{
    public static StudyDefinition Definition(PredictionTask task = PredictionTask.Classification) => new()
    {
        Name = "Lending, first look",
        Data = new DataSpecification
        {
            Target = new TargetSpecification("income", task, task == PredictionTask.Classification ? [">50K"] : null),
            Cluster = new ClusterSpecification("occupation", Seen: 6),
            Sensitive = [new SensitiveSpecification("age", [30, 45]), new SensitiveSpecification("race")],
            Features = ["education-num", "age", "race"],
        },
        Models = [new ModelRequest("nnet"), new ModelRequest("medl"), new ModelRequest("fair-adb-medl")],
    };

    public static StudyResults Create(PredictionTask task = PredictionTask.Classification, bool unseen = true, int fits = 30)
    {
        StudyDefinition definition = Definition(task);
        var audits = new List<AuditResult>();
        int place = 0;
        foreach (ModelRequest request in definition.Models)
        {
            bool mixed = ModelCatalogue.Find(request.Model)?.RandomEffects == true;
            foreach (Head head in mixed ? [Head.FixedEffects, Head.MixedEffects] : new[] { Head.FixedEffects })
                foreach (Split split in unseen ? [Split.Seen, Split.Unseen] : new[] { Split.Seen })
                    audits.Add(new AuditResult(request.Model, head, split, null, Audit(task, 0.01 * place++)));
        }

        return new StudyResults
        {
            Header = new StudyHeader("Lending, first look", new string('a', 64), new string('b', 64), "0.1.0", "cpu (managed, 512-bit)", definition,
                "income = >50K", 30_162, 23_002, 7_160, [new ClusterSize("Prof-specialty", 4_038), new ClusterSize("Sales", 3_584)], 30, ["Race rests on few positives."]),
            Audits = audits,
            Fits = [.. Enumerable.Range(0, fits).Select(i => Fit(definition.Models[i / 10].Model, i % 10))],
            Importance =
            [
                new ImportanceResult("nnet", [new("education-num", "education-num", false, 0.12, 1, PerUnit: 0.12), new("probe 1/r", "probe 1/r", true, 0.08, 2, PerUnit: 0.08), new("race = White", "race", false, 0.03, 3, PerUnit: 0.09)],
                    [new("education-num", false, 0.12, 1), new("probe 1/r", true, 0.08, 2), new("race", false, 0.05, 3)])
                {
                    Permutation = [new("probe 1/r", true, new Estimate(0.06, Lower: 0.05, Upper: 0.07, N: 23_002), 1), new("education-num", false, new Estimate(0.04, Lower: 0.03, Upper: 0.05, N: 23_002), 2), new("race", false, new Estimate(0, Lower: -0.001, Upper: 0.001, N: 23_002, Note: "no decision changed"), 3)],
                },
                new ImportanceResult("medl", [new("education-num", "education-num", false, 0.11, 1), new("race = White", "race", false, 0.02, 2)],
                    [new("education-num", false, 0.11, 1), new("race", false, 0.02, 2)])
                {
                    Permutation = [new("education-num", false, new Estimate(0.05, Lower: 0.04, Upper: 0.06, N: 23_002), 1), new("race", false, new Estimate(0.002, Lower: -0.001, Upper: 0.005, N: 23_002), 2)],
                },
            ],
            RandomEffects =
            [
                new RandomEffectsResult("medl", ["education-num", "race = White"],
                    [new("Prof-specialty", 4_038, 0.4, 0.05, [0.1, 0.0], [0.02, 0.02], -0.1, 0.2), new("Sales", 3_584, -0.2, 0.06, [-0.1, 0.05], [0.02, 0.03], 0.3, 0.1)])
                {
                    IsCentered = true,
                },
            ],
        };
    }

    private static SplitAudit Audit(PredictionTask task, double shift)
    {
        bool classes = task == PredictionTask.Classification;
        Estimate none = Estimate.None(classes ? "regression only" : "classification only");
        Estimate Only(bool here, double value, int? n = null) => here ? new Estimate(value, Lower: value - 0.02, Upper: value + 0.02, N: n) : none;
        return new SplitAudit(
            23_002,
            Only(classes, 0.89 - shift),
            Only(classes, 0.81 - shift),
            Only(classes, 0.80 - shift),
            Only(!classes, 2.5 + shift),
            [.. new[] { "age", "race" }.Select((a, i) => Attribute(a, classes, shift + 0.1 * i))]);
    }

    private static AttributeAudit Attribute(string name, bool classes, double shift)
    {
        Estimate none = Estimate.None(classes ? "regression only" : "classification only");
        Estimate Only(bool here, double value) => here ? new Estimate(value, Lower: value - 0.01, Upper: value + 0.01) : none;
        string[] groups = name == "age" ? ["<=30", "31-45", ">45"] : ["White", "Black", "Other"];
        return new AttributeAudit(
            name,
            [
                .. groups.Select((g, i) =>
                {
                    int positives = g == "Other" ? 0 : 100 * (i + 1);
                    Estimate Rate(double value, int n) => !classes ? none : n == 0 ? Estimate.None("0 positives", 0) : new Estimate(value, Lower: value - 0.03, Upper: value + 0.03, N: n);
                    return new GroupAudit(
                        g, 400, positives, 400 - positives,
                        Rate(0.6 + 0.05 * i - shift / 10, positives), Rate(0.2 + 0.04 * i, 400 - positives), Rate(0.3 + 0.02 * i, 400), Rate(0.8, 400),
                        classes ? none : new Estimate(3 + i, Lower: 2.5 + i, Upper: 3.5 + i, N: 400),
                        classes ? none : new Estimate(1 + i, Lower: 0.8 + i, Upper: 1.2 + i, N: 400));
                }),
            ],
            classes && name == "race" ? new Estimate(0.17 - shift / 2, Lower: 0.1, Upper: 0.2, Note: "2 of 3 groups") : Only(classes, 0.17 - shift / 2),
            Only(classes, 0.15 - shift / 2),
            Only(!classes, 0.9 - shift / 2),
            Only(true, 0.13 - shift / 2),
            Only(true, 0.10 - shift / 2),
            Only(classes, 0.2), Only(classes, 0.21), Only(classes, 0.22), Only(classes, 0.23), Only(classes, 0.7));
    }

    private static FitSummary Fit(string model, int fold) =>
        new(new FitKey(model, 1, fold), 2880, 18_400, 1.2, 0.3, 0.24, model == "nnet" ? null : 0.23, 20,
            [.. Enumerable.Range(1, 3).Select(e => new EpochLosses(e, 1.0 / e, 0.5 / e + 0.01 * fold, model == "nnet" ? null : 0.4 / e, model == "nnet" ? null : 1.7))]);
}
