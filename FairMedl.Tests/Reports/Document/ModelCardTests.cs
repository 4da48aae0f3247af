using FairMedl.Core.Reports.Cells;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Gathering;
using Xunit;

namespace FairMedl.Tests.Reports.Document;

public sealed class ModelCardTests
{
    private static readonly StudyResults Study = SampleStudy.Classification();

    public static TheoryData<string> Extensions => [.. ReportFormat.All.Select(f => f.Extension).Where(e => e != "xlsx")];

    [Fact]
    public void Card_OfAModel_ContainsOnlyThatModel()
    {
        StudyReport card = ModelCard.Of(Study, "fair-adb-medl")!;
        Assert.Equal("Model card: Fair(ADB) MEDL", card.Title);
        ReportTable performance = card.Sections.Single(s => s.Part == ReportPart.Performance).Tables[0];
        Assert.All(performance.Rows, r => Assert.StartsWith("Fair(ADB) MEDL", r[0].Content, StringComparison.Ordinal));
        Assert.Contains(card.Sections, s => s.Heading == "Compared with MEDL");
        ReportTable hyperparameters = card.Sections[0].Tables.Single(t => t.Id == "constants-fair-adb-medl");
        Assert.Contains(hyperparameters.Rows, r => r[0].Content == "lambdaMe" && r[2].Content.Length > 0);
        // Hyperparameters that this model does not have are not listed.
        Assert.DoesNotContain(hyperparameters.Rows, r => r[0].Content is "lambdaS" or "lambdaY");
        Assert.Null(ModelCard.Of(Study, "nnet"));
        Assert.Null(ModelCard.Of(Study, "nonsense"));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Card_WithoutFields_HasNoBlankLineToFillIn(string extension)
    {
        string text = System.Text.Encoding.UTF8.GetString(ReportFormat.Find(extension)!.ToBytes(ModelCard.Of(Study, "fair-adb-medl")!));
        Assert.DoesNotContain("___", text.Replace("\\_", "_", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("not specified by the author of this card", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_WithEveryField_ShowsThemAndNothingUnspecified()
    {
        var details = new ReportDetails
        {
            Organisation = "Example Bank",
            Author = "A. Author",
            Date = new DateOnly(2026, 3, 31),
            Purpose = "Annual review",
            IntendedUse = "Pre-screening",
            IntendedUsers = "Loan officers",
            OutOfScope = "Automatic refusal",
            Review = "Approved by the board",
        };
        string text = ReportMarkdown.Of(ModelCard.Of(Study, "medl", details: details, dataFile: "adult.csv")!);
        foreach (string value in new[] { "Example Bank", "A. Author", "31 March 2026", "Annual review", "Pre-screening", "Loan officers", "Automatic refusal", "Approved by the board", "adult.csv", "da7a" })
            Assert.Contains(value, text, StringComparison.Ordinal);
        Assert.DoesNotContain("not specified", text, StringComparison.Ordinal);
    }
}
