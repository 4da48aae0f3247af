using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FairMedl.Tests.Web;

/// <summary>What a user does with MudBlazor's controls, by the control's data-testid.</summary>
internal static class MudControls
{
    /// <summary>Selects an option of a select.</summary>
    public static Task SelectAsync<T>(this IRenderedComponent<IComponent> page, string testId, T value)
    {
        IRenderedComponent<MudSelect<T>> select = page.FindComponents<MudSelect<T>>().Single(s => Equals(s.Instance.UserAttributes.GetValueOrDefault("data-testid"), testId));
        if (select.Instance.Disabled) throw new InvalidOperationException($"'{testId}' is disabled.");
        return page.InvokeAsync(() => select.Instance.ValueChanged.InvokeAsync(value));
    }
}
