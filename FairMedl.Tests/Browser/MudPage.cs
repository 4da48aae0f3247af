using Microsoft.Playwright;

namespace FairMedl.Tests.Browser;

/// <summary>What a user does with MudBlazor's controls in a browser, by the control's data-testid.</summary>
internal static class MudPage
{
    /// <summary>Opens a select and picks an option by its name, unless it is selected already.</summary>
    public static async Task SelectAsync(this IPage page, string testId, string option)
    {
        ILocator select = page.GetByTestId(testId);
        await select.ScrollIntoViewIfNeededAsync();
        if (await select.InputValueAsync() == option) return;
        await page.Locator(".mud-select").Filter(new() { Has = select }).First.ClickAsync();
        await page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasTextRegex = new($"^\\s*{option}\\s*$") }).ClickAsync();
        await Assertions.Expect(page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
    }

    /// <summary>Opens a pill's menu and picks the first option whose text contains the given one.</summary>
    public static async Task ChooseAsync(this IPage page, string testId, string option)
    {
        await page.GetByTestId(testId).Locator(".pill").ClickAsync();
        await page.GetByTestId($"{testId}-option").Filter(new() { HasText = option }).First.ClickAsync();
    }
}
