using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace FairMedl.Web.Components.Layout;

/// <summary>
/// App bar, navigation and content. The content is drawn only once the page is connected and shows a skeleton before that, so that
/// no button is visible that does nothing yet and no page loads its data twice.
/// </summary>
public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? boundary;
    private bool isDark, isMenuOpen;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private string SkipTarget => $"{Navigation.Uri.Split('#')[0]}#content";

    /// <inheritdoc />
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    private async void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        try
        {
            await InvokeAsync(() =>
            {
                boundary?.Recover();
                isMenuOpen = false;
                StateHasChanged();
            });
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;
}
