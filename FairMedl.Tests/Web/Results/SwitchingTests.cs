using System.Diagnostics;
using Bunit;
using FairMedl.Core.Experiments;
using FairMedl.Core.Fairness;
using FairMedl.Core.Storage;
using FairMedl.Core.Training;
using FairMedl.Tests.Web.Studies;
using FairMedl.Web.Results;
using Xunit;

namespace FairMedl.Tests.Web.Results;

/// <summary>A switch on a stored study of 8 models, 10 folds and 3 seeds takes below 300 ms on the server, drawing included.</summary>
public sealed class SwitchingTests : ResultsPages
{
    private const int Folds = 10, Seeds = 3, Epochs = 24, MostMilliseconds = 300;
    private static readonly string[] Models = ["nnet", "nnet-cluster", "fair-adb-nnet", "da", "fair-adb-da", "fair-acl-da", "medl", "fair-adb-medl"];

    [Fact]
    public void Switches_OfALargeStudy_AreFast()
    {
        Service.Studies.Add(FakeStudyService.Study(1, StudyState.Done, FitState.Done));
        Service.Results = LargeStudy();
        IRenderedComponent<ResultsPage> page = Open();
        // Opening compiles the page; what counts is a switch afterwards, at its best on a machine that builds beside its tests.
        string[] choices = ["race", "age", "all"];
        Select(page, "attribute-choice", "race");

        long best = long.MaxValue;
        for (int round = 0; round < 6; round++)
        {
            page.Find("[data-testid=attribute-choice] .pill").Click();
            var option = Popovers.WaitForElements("[data-testid=attribute-choice-option]").First(o => o.TextContent.Trim() == choices[(round + 1) % 3]);
            var time = Stopwatch.StartNew();
            option.Click();
            best = Math.Min(best, time.ElapsedMilliseconds);
        }

        Assert.True(best < MostMilliseconds, $"A switch took {best} ms.");
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
