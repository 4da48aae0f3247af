using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace FairMedl.Tests.Browser;

/// <summary>The names of points in a scatter: beside them and apart, or above the chart.</summary>
[Collection(BrowserTests.Name)]
public sealed class ScatterNamesTests(RunningApp app)
{
    // Boxes of texts and markers a pixel smaller than they are: touching is no overlap.
    private const string Apart = """
        () => {
          const figure = document.querySelector('[data-testid=scatter] .chart-plot');
          if (!figure?.dataset.names) return false;
          if (figure.dataset.names === 'legend') return figure.querySelectorAll('.legendtext').length > 1 && figure.querySelectorAll('.textpoint').length === 0;
          const boxes = s => [...figure.querySelectorAll(s)].map(e => e.getBoundingClientRect());
          const texts = boxes('.textpoint text'), points = boxes('.scatterlayer .points path'), plot = figure.getBoundingClientRect();
          const meet = (a, b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom;
          return texts.length > 1 && texts.every((t, i) => t.left >= plot.left && t.right <= plot.right && !texts.some((o, j) => i !== j && meet(t, o)) && !points.some(p => meet(t, p)));
        }
        """;

    [BrowserFact]
    public async Task Names_OfTheSample_CoverNeitherEachOtherNorAPoint_AtAnyWidth()
    {
        List<string> errors = [];
        IPage page = await app.OpenAsync("/", errors);
        await Expect(page.GetByTestId("try-sample")).ToHaveTextAsync("Open the sample", new() { Timeout = 180_000 });
        await page.GetByTestId("try-sample").ClickAsync();
        foreach (int width in new[] { 1280, 800, 420 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.WaitForFunctionAsync(Apart, null, new() { Timeout = 30_000 });
        }

        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task Place_KeepsNamesApart_AndGivesUpWhereTheyCannotBe()
    {
        List<string> errors = [];
        IPage page = await app.OpenAsync("/", errors);
        async Task<string> Place(string points, string size, string taken = "[]", string strokes = "[]") =>
            await page.EvaluateAsync<string>($"async () => JSON.stringify((await import('/js/labels.js')).place({points}, {size}, {taken}, {strokes}))");
        static string Point(int x, int y) => $"{{ x: {x}, y: {y}, radius: 5, width: 60, height: 16 }}";
        const string Wide = "{ width: 400, height: 300 }";

        Assert.Equal("""["top right"]""", await Place($"[{Point(100, 100)}]", Wide));
        // At the right and upper edge there is room at the lower left alone.
        Assert.Equal("""["bottom left"]""", await Place($"[{Point(390, 10)}]", Wide));
        // A note or an interval above it sends the name below.
        Assert.Equal("""["bottom right"]""", await Place($"[{Point(100, 100)}]", Wide, "[{ left: 90, right: 200, top: 70, bottom: 98 }]"));
        Assert.Equal("""["bottom right"]""", await Place($"[{Point(100, 100)}]", Wide, strokes: "[[{ left: 120, right: 121, top: 40, bottom: 99 }]]"));
        // Two points close by take two sides.
        Assert.Equal("""["top right","bottom right"]""", await Place($"[{Point(100, 100)}, {Point(104, 108)}]", Wide));
        // Four on one spot have sides enough only where all of them are.
        Assert.NotEqual("null", await Place($"[{Point(100, 100)}, {Point(100, 100)}, {Point(100, 100)}, {Point(100, 100)}]", Wide));
        Assert.Equal("null", await Place($"[{Point(100, 100)}, {Point(100, 100)}, {Point(100, 100)}]", "{ width: 165, height: 110 }"));
        Assert.Empty(errors);
    }
}
