using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace FairMedl.Web.Components.Layout;

/// <summary>
/// Header, navigation and content. The content is drawn only once the page is connected: before that it is a skeleton,
/// so that no button is on the screen that does nothing, and no page loads its data twice.
/// </summary>
public sealed partial class MainLayout
{
    private ErrorBoundary? boundary;

    private string SkipTarget => $"{Navigation.Uri.Split('#')[0]}#content";

    /// <inheritdoc />
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() =>
    {
        boundary?.Recover();
        StateHasChanged();
    });

    /// <inheritdoc />
    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;
}
