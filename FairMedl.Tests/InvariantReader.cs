using System.Globalization;
using System.Runtime.CompilerServices;

namespace FairMedl.Tests;

/// <summary>Tests read pages as a reader of the invariant language, whatever the machine's; a test of other readers says so itself.</summary>
internal static class InvariantReader
{
    [ModuleInitializer]
    internal static void Set() =>
        CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
}
