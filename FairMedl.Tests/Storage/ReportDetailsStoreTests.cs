using FairMedl.Core.Reports.Document;
using FairMedl.Core.Storage.Stores;
using Xunit;

namespace FairMedl.Tests.Storage;

public sealed class ReportDetailsStoreTests
{
    [Fact]
    public async Task Save_EveryField_IsReadBackTrimmed()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        int study = await AddStudyAsync(storage), other = await AddStudyAsync(storage);
        var details = new ReportDetails
        {
            Title = "Lending audit",
            Organisation = "Ærø Bank <b>",
            Author = "A. Author",
            Date = new DateOnly(2026, 3, 31),
            Purpose = "Annual review\nof the lending models",
            IntendedUse = "Pre-screening",
            IntendedUsers = "Loan officers",
            OutOfScope = "Automatic refusal",
            Review = "Approved by the ethics board",
        };
        Assert.DoesNotContain(typeof(ReportDetails).GetProperties().Where(p => p.Name != nameof(ReportDetails.Empty)), p => p.GetValue(details) is null);

        Assert.True(await new ReportDetailsStore(storage).SaveAsync(study, details with { Author = "  A. Author " }));

        Assert.Equal(details, await new ReportDetailsStore(storage).FindAsync(study));
        Assert.Equal(ReportDetails.Empty, await new ReportDetailsStore(storage).FindAsync(other));
    }

    [Fact]
    public async Task Save_BlankFields_RemovesWhatWasSaved()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();
        int study = await AddStudyAsync(storage);
        var store = new ReportDetailsStore(storage);
        await store.SaveAsync(study, new ReportDetails { Author = "A. Author" });

        await store.SaveAsync(study, new ReportDetails { Author = " ", Title = "" });

        Assert.Equal(ReportDetails.Empty, await store.FindAsync(study));
    }

    [Fact]
    public async Task Save_StudyThatDoesNotExist_ReturnsFalse()
    {
        await using TemporaryStorage storage = await TemporaryStorage.CreateAsync();

        Assert.False(await new ReportDetailsStore(storage).SaveAsync(7, new ReportDetails { Author = "A. Author" }));
        Assert.Equal(ReportDetails.Empty, await new ReportDetailsStore(storage).FindAsync(7));
    }

    private static async Task<int> AddStudyAsync(TemporaryStorage storage) =>
        (await storage.Studies.QueueAsync(await storage.AddDatasetAsync(), "study", "{}", "00", [])).StudyId;
}
