using FairMedl.Web.Components.Addresses;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Xunit;

namespace FairMedl.Tests.Web.Components.Addresses;

public sealed class AddressBarTests : ComponentContext
{
    private readonly List<string> followed = [];
    private readonly NavigationManager navigation;

    public AddressBarTests()
    {
        navigation = Services.GetRequiredService<NavigationManager>();
    }

    [Fact]
    public async Task Back_ToAnAddressWithAFragment_IsFollowedIfTheContentDiffers()
    {
        navigation.NavigateTo("/page");
        using AddressBar bar = new(navigation, Services.GetRequiredService<IJSRuntime>(), () => "/page", followed.Add);

        navigation.NavigateTo("/page#content");
        Assert.Empty(followed);
        await bar.WriteAsync("/page?head=fe");
        navigation.NavigateTo("/page#content");

        Assert.EndsWith("/page", Assert.Single(followed), StringComparison.Ordinal);
        navigation.NavigateTo("/page#other");
        Assert.Single(followed);
    }

    [Fact]
    public async Task Links_ToOtherPagesOrTheSameContent_AreNotFollowed()
    {
        navigation.NavigateTo("/page?a=1");
        using AddressBar bar = new(navigation, Services.GetRequiredService<IJSRuntime>(), () => "/page", followed.Add);
        await bar.WriteAsync("/page?a=2");

        navigation.NavigateTo("/other?a=1");
        navigation.NavigateTo("/page?a=2");
        Assert.Empty(followed);

        navigation.NavigateTo("/page?a=1");
        Assert.Single(followed);
    }
}
