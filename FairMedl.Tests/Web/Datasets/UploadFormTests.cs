using AngleSharp.Dom;
using Bunit;
using FairMedl.Web.Datasets;
using FairMedl.Web.Services.Datasets;
using Microsoft.AspNetCore.Components.Forms;
using Xunit;

namespace FairMedl.Tests.Web.Datasets;

public sealed class UploadFormTests : PageContext
{
    [Fact]
    public async Task Upload_GoodFile_HandsTheDataSetOver()
    {
        DatasetSummary? added = null;
        IRenderedComponent<UploadForm> form = Render<UploadForm>(p => p.Add(f => f.OnUploaded, d => added = d));
        Assert.True(Submit(form).HasAttribute("disabled"));

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("a,b\n1,x\n2,y\n", "mine.csv"));
        await Submit(form).ClickAsync(new());

        form.WaitForAssertion(() => Assert.Equal("mine.csv", added?.Name));
        Assert.Equal(2, added!.Rows);
    }

    [Fact]
    public async Task Upload_FileWithFaults_ShowsThemAndAsksForTheFileAgain()
    {
        IRenderedComponent<UploadForm> form = Render<UploadForm>(p => p.Add(f => f.OnUploaded, (DatasetSummary _) => Assert.Fail("nothing may be added")));

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("a,b\n1,2\n3\n", "bad.csv"));
        await Submit(form).ClickAsync(new());

        form.WaitForAssertion(() => Assert.Contains("line 3", form.Find("[data-testid=faults]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Nothing of this file", form.Find("[data-testid=error]").TextContent, StringComparison.Ordinal);
        Assert.True(Submit(form).HasAttribute("disabled"));
    }

    [Fact]
    public void Choose_TooLarge_SaysSoBeforeUploading()
    {
        IRenderedComponent<UploadForm> form = Render<UploadForm>(p => p.Add(f => f.OnUploaded, (DatasetSummary _) => { }));

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(new string('x', 20_000), "large.csv"));

        Assert.Contains("at most 9.8 kB", form.Find("[data-testid=error]").TextContent, StringComparison.Ordinal);
        Assert.True(Submit(form).HasAttribute("disabled"));
    }

    private static IElement Submit(IRenderedComponent<UploadForm> form) => form.Find("[data-testid=upload-submit]");
}
