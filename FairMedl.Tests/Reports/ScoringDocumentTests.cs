using FairMedl.Core.Experiments;
using FairMedl.Core.Reports;
using Xunit;

namespace FairMedl.Tests.Reports;

public sealed class ScoringDocumentTests
{
    [Theory]
    [InlineData("sex", true)]
    [InlineData("head of sex, coded", false)]
    public void IsOf_AnAttributeWhoseNameStandsInAnotherOnes_IsItsOwnTablesAlone(string tableOf, bool isOf)
    {
        foreach (string id in new[] { GroupRatesTable.IdOf(tableOf, Split.Seen), SpreadTable.IdOf(tableOf, Split.Unseen) })
            Assert.Equal(isOf, ScoringDocument.IsOf(new ReportTable(id, $"Groups of {tableOf}, known clusters", [], [], []), "sex"));
        Assert.False(ScoringDocument.IsOf(new ReportTable("performance-seen", "Performance", [], [], []), "sex"));
    }
}
