using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace FairMedl.Web.Components.Addresses;

/// <summary>
/// The address bar of a page that keeps its state in the address: writes what the user chose and follows Back, Forward and links
/// to another state of the same page. It bypasses the router, because a navigation would render the whole page again.
/// </summary>
public sealed class AddressBar : IDisposable
{
    private readonly NavigationManager navigation;
    private readonly IJSRuntime js;
    private readonly Func<string> path;
    private readonly Action<string> follow;
    private string shown;

    /// <summary>Follows the address until it is disposed.</summary>
    /// <param name="navigation">Reports address changes.</param>
    /// <param name="js">Writes addresses.</param>
    /// <param name="path">The page's current path; other paths are other pages.</param>
    /// <param name="follow">Called with an address of this page that the page did not write itself.</param>
    public AddressBar(NavigationManager navigation, IJSRuntime js, Func<string> path, Action<string> follow)
    {
        (this.navigation, this.js, this.path, this.follow) = (navigation, js, path, follow);
        shown = WithoutFragment(navigation.Uri);
        navigation.LocationChanged += OnLocationChanged;
    }

    /// <summary>Writes the current state's address, unless the address bar has it already.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isStep">Whether Back returns to the previous state. A slider is one step, not hundreds.</param>
    public async Task WriteAsync(string address, bool isStep = true)
    {
        if (address == shown) return;
        shown = address;
        await using IJSObjectReference module = await js.InvokeAsync<IJSObjectReference>("import", "./js/address.js");
        await module.InvokeVoidAsync(isStep ? "push" : "replace", address);
    }

    /// <inheritdoc />
    public void Dispose() => navigation.LocationChanged -= OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (!new Uri(e.Location).AbsolutePath.Equals(path(), StringComparison.OrdinalIgnoreCase)) return;
        // A link to a heading of the page does not change its state.
        string address = WithoutFragment(e.Location);
        if (address == shown) return;
        shown = address;
        follow(e.Location.Split('#')[0]);
    }

    private string WithoutFragment(string location) => "/" + navigation.ToBaseRelativePath(location).Split('#')[0];
}
