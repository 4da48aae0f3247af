using Bunit;

namespace FairMedl.Tests.Web;

/// <summary>The script that writes the address bar, as a page calls it.</summary>
internal sealed class AddressScript
{
    private readonly List<(string How, string Address)> written = [];

    public AddressScript(BunitJSInterop interop)
    {
        BunitJSModuleInterop module = interop.SetupModule("./js/address.js");
        foreach (string how in new[] { "push", "replace" }) module.SetupVoid(how, call => Hear(how, (string)call.Arguments[0]!)).SetVoidResult();
    }

    /// <summary>Everything that was written, and how: "push" makes a step that Back undoes, "replace" does not.</summary>
    public IReadOnlyList<(string How, string Address)> Written => written;

    /// <summary>The address in the address bar.</summary>
    public string Last => written[^1].Address;

    // bUnit may ask more than once whether a call is meant.
    private bool Hear(string how, string address)
    {
        if (written.Count == 0 || written[^1] != (how, address)) written.Add((how, address));
        return true;
    }
}
