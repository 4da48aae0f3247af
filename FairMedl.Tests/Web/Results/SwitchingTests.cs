using Bunit;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Fits;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Components.Charts;
using FairMedl.Web.Components.Charts.Traces;
using FairMedl.Web.Results;
using Xunit;

namespace FairMedl.Tests.Web.Results;

/// <summary>Switching attributes of a study of 8 models, 10 folds and 3 seeds.</summary>
public sealed class SwitchingTests : ResultsPages
{
    private const int Folds = 10, Seeds = 3, Epochs = 24;
    private static readonly string[] Models = ["nnet", "nnet-cluster", "fair-adb-nnet", "da", "fair-adb-da", "fair-acl-da", "medl", "fair-adb-medl"];

    [Fact]
    public void Switches_OfALargeStudy_ShowEachChoice()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Done, FitState.Done));
        Service.Results = LargeStudy();
        IRenderedComponent<ResultsPage> page = Open();

        foreach (string choice in new[] { "race", "age", "all", "second race" })
        {
            Select(page, "attribute-choice", choice);
            page.WaitForAssertion(() => Assert.Contains(choice, page.Find("[data-testid=attribute-choice] .pill").TextContent, StringComparison.Ordinal));
        }

        Assert.Equal(Models.Length, page.FindComponents<ChartFigure>().First(c => c.Instance.Grid is not null).Instance.Grid!.Panels[0].Traces.OfType<DotTrace>().Count(t => !t.IsFaded));
    }

    private static StudyResults LargeStudy()
    {
        StudyResults small = SampleResults.Create();
        ulong?[] seeds = [null, .. Enumerable.Range(1, Seeds).Select(s => (ulong?)s)];
        AuditResult sample = small.Audits[0];
        AttributeAudit[] attributes = [.. sample.Audit.Attributes, .. sample.Audit.Attributes.Select(a => a with { Attribute = $"second {a.Attribute}" })];
        sample = sample with { Audit = sample.Audit with { Attributes = attributes } };
        return small with
        {
            Header = small.Header with
            {
                PlannedFits = Models.Length * Folds * Seeds,
                Definition = small.Header.Definition with
                {
                    Models = [.. Models.Select(m => new ModelRequest(m))],
                    Protocol = small.Header.Definition.Protocol with { Folds = Folds, Seeds = [.. seeds.OfType<ulong>()] },
                },
            },
            Audits =
            [
                .. Models.SelectMany((model, i) => new[] { Head.FixedEffects, Head.MixedEffects }.Take(model.EndsWith("medl", StringComparison.Ordinal) ? 2 : 1)
                    .SelectMany(head => new[] { Split.Seen, Split.Unseen }.SelectMany(split => seeds.Select(seed => sample with { Model = model, Head = head, Split = split, Seed = seed })))),
            ],
            Fits = [.. Each((model, seed, fold) => Fit(new FitKey(model, seed, fold)))],
            Folds = [.. Each((model, seed, fold) => Metrics(sample, new FitKey(model, seed, fold)))],
        };
    }

    private static IEnumerable<T> Each<T>(Func<string, ulong, int, T> make) =>
        Models.SelectMany(m => Enumerable.Range(1, Seeds).SelectMany(s => Enumerable.Range(0, Folds).Select(f => make(m, (ulong)s, f))));

    private static FitSummary Fit(FitKey key) =>
        new(key, 2880, 18_400, 1.2, .3, .24, .23, Epochs, [.. Enumerable.Range(1, Epochs).Select(e => new EpochLosses(e, 1.0 / e, .5 / e, .4 / e, 1.7))]);

    // Folds and seeds differ a little, so that the paired tests are computed.
    private static FoldMetrics Metrics(AuditResult sample, FitKey key)
    {
        double shift = .001 * ((key.Fold * 7 + (int)key.Seed * 3 + key.Model.Length) % 11);
        (IReadOnlyList<string> overall, IReadOnlyList<string> spreads) = MetricDescriptions.Paper(classification: true);
        return new FoldMetrics(key, key.Model.EndsWith("medl", StringComparison.Ordinal) ? Head.MixedEffects : Head.FixedEffects, 2_300, 20_700,
        [
            .. overall.Select(m => new FoldMetric(null, m, MetricDescriptions.Read(sample.Audit, m).Value + shift)),
            .. sample.Audit.Attributes.SelectMany(a => spreads.Select(m => new FoldMetric(a.Attribute, m, MetricDescriptions.Read(a, m).Value + shift))),
        ]);
    }
}
