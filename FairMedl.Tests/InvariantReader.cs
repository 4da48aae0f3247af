using System.Globalization;
using System.Runtime.CompilerServices;

namespace FairMedl.Tests;

/// <summary>Runs tests in the invariant culture, regardless of the machine's. Tests of other cultures set theirs.</summary>
internal static class InvariantReader
{
    [ModuleInitializer]
    internal static void Set() =>
        CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
}
