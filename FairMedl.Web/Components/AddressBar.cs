using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace FairMedl.Web.Components;

/// <summary>
/// The address bar of a page whose state stands there: writes what a person chose, and hears of Back, Forward and of links that
/// name another state of the same page. It writes past the router, because a navigation would draw the whole page anew.
/// </summary>
public sealed class AddressBar : IDisposable
{
    private readonly NavigationManager navigation;
    private readonly IJSRuntime js;
    private readonly Func<string> path;
    private readonly Action<string> follow;
    private string shown;

    /// <summary>Follows until it is disposed.</summary>
    /// <param name="navigation">Tells of other addresses.</param>
    /// <param name="js">Writes them.</param>
    /// <param name="path">The page's path at present; other paths are other pages.</param>
    /// <param name="follow">Called with an address of this page that the page itself did not write.</param>
    public AddressBar(NavigationManager navigation, IJSRuntime js, Func<string> path, Action<string> follow)
    {
        (this.navigation, this.js, this.path, this.follow) = (navigation, js, path, follow);
        shown = WithoutFragment(navigation.Uri);
        navigation.LocationChanged += OnLocationChanged;
    }

    /// <summary>Writes the address of what is shown now; nothing where it stands there already.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isStep">Whether Back leads to what was shown before; a value that is moved on and on is one step, not hundreds.</param>
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
        // A link to a heading of the page changes nothing that is shown, nor does Back from there.
        string address = WithoutFragment(e.Location);
        if (address == shown) return;
        shown = address;
        follow(e.Location.Split('#')[0]);
    }

    private string WithoutFragment(string location) => "/" + navigation.ToBaseRelativePath(location).Split('#')[0];
}
