using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Sentences;
using FairMedl.Core.Reports.Tables;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Scoring;
using Xunit;

namespace FairMedl.Tests.Reports.Document;

public sealed class ScoringDocumentTests
{
    [Theory]
    [InlineData("sex", true)]
    [InlineData("head of sex, coded", false)]
    public void IsOf_NameContainedInAnotherAttributes_MatchesItsOwnTablesOnly(string tableOf, bool isOf)
    {
        foreach (string id in new[] { GroupRatesTable.IdOf(tableOf, Split.Seen), SpreadTable.IdOf(tableOf, Split.Unseen) })
            Assert.Equal(isOf, ScoringDocument.IsOf(new ReportTable(id, $"Groups of {tableOf}, clusters seen in training", [], [], []), "sex"));
        Assert.False(ScoringDocument.IsOf(new ReportTable("performance-seen", "Performance", [], [], []), "sex"));
    }

    [Theory]
    [InlineData(0, 0, 1000, false, "None of the 100 rows with a target is identical to one of the 1,000 rows")]
    [InlineData(1, 0, 1000, true, "1 of the 100 rows with a target is identical")]
    [InlineData(1, 0, 100, false, "no more than by chance: no two rows of the study are identical.")]
    [InlineData(30, .3, 1000, false, "no more than by chance: 30% of the study's own rows have a duplicate.")]
    [InlineData(45, .3, 1000, true, "so the audit is too optimistic on such rows")]
    public void TrainingOverlap_OfRows_IsComparedWithTheStudysOwnDuplicates(int rows, double twins, long study, bool warning, string said)
    {
        var overlap = new TrainingOverlap(rows, 100, twins, study);

        Assert.Equal(warning, overlap.IsWarning);
        Assert.Contains(said, TrainingOverlapSentence.Of(overlap).ToString(), StringComparison.Ordinal);
    }
}
