using Bunit;
using FairMedl.Web.Components.Layout;
using Xunit;

namespace FairMedl.Tests.Web.Components.Layout;

public sealed class StudyStepsTests : ComponentContext
{
    [Fact]
    public void Steps_OnTheQueue_LinkToEveryEarlierStepOfTheStudy()
    {
        IRenderedComponent<StudySteps> steps = Render<StudySteps>(p => p.Add(s => s.Current, StudyStep.Queue).Add(s => s.DatasetId, 3).Add(s => s.StudyId, 9));

        Assert.Equal(["/datasets/3", "/datasets/3/roles", "/studies/new?dataset=3&from=9"], steps.FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal("Queue", steps.Find("[aria-current=step] > span:last-child").TextContent);
    }

    [Fact]
    public void Steps_BeforeThereIsADataSet_LinkNowhere()
    {
        IRenderedComponent<StudySteps> steps = Render<StudySteps>(p => p.Add(s => s.Current, StudyStep.Upload));

        Assert.Empty(steps.FindAll("a"));
        Assert.Equal(4, steps.FindAll("li").Count);
        Assert.Single(steps.FindAll("[aria-current=step]"));
    }
}
