using FairMedl.Engine.TorchSharp;
using TorchSharp;
using Xunit;

namespace FairMedl.Tests.Engine;

/// <summary>
/// TorchSharp frees a native scalar when a garbage collection finds its object unused, also while native code reads it. So no method of
/// TorchSharp that the engine calls may make one inside, at any depth; the engine holds its own.
/// </summary>
public sealed class HeldScalarsTests
{
    private static readonly CompiledCalls Library = CompiledCalls.Read(typeof(torch).Assembly.Location);

    [Fact]
    public void Engine_CallsOfTorchSharp_MakeNoScalarInside()
    {
        CompiledCalls engine = CompiledCalls.Read(typeof(TorchSharpEngine).Assembly.Location);
        string[] all = [.. engine.ByMethod.Values.SelectMany(c => c).Distinct()];
        string[] called = [.. all.Where(Library.ByMethod.ContainsKey).Where(m => !MakesAScalar(m))];

        Assert.Contains(called, m => m.StartsWith("TorchSharp.torch.Tensor.addcdiv_(", StringComparison.Ordinal));
        Assert.DoesNotContain(all, m => m.StartsWith("TorchSharp.Scalar.op_Implicit(", StringComparison.Ordinal));
        Assert.Empty(called.Select(Path).OfType<string>());
    }

    [Theory]
    [InlineData("TorchSharp.torch.Tensor.square()")]
    [InlineData("TorchSharp.torch.Tensor.op_Addition(TorchSharp.torch.Tensor, TorchSharp.torch.Tensor)")]
    [InlineData("TorchSharp.torch.Tensor.softplus(Double, Double)")]
    [InlineData("TorchSharp.Modules.Adam.step(System.Func`1<TorchSharp.torch.Tensor>)")]
    public void Path_OfAMethodThatMakesAScalar_IsFound(string method) => Assert.NotNull(Path(method));

    private static bool MakesAScalar(string method) =>
        method.StartsWith("TorchSharp.Scalar.op_Implicit(", StringComparison.Ordinal)
        || method.StartsWith("TorchSharp.ScalarExtensionMethods.ToScalar(", StringComparison.Ordinal)
        || method.StartsWith("TorchSharp.Scalar..ctor(", StringComparison.Ordinal);

    /// <summary>The calls from a method to one that makes a scalar; null where none does.</summary>
    private static string? Path(string method)
    {
        var from = new Dictionary<string, string?> { [method] = null };
        var next = new Queue<string>([method]);
        while (next.TryDequeue(out string? current))
        {
            if (MakesAScalar(current)) return string.Join(" <- ", Back(current));
            if (!Library.ByMethod.TryGetValue(current, out HashSet<string>? calls)) continue;
            foreach (string call in calls)
                if (from.TryAdd(call, current)) next.Enqueue(call);
        }

        return null;

        IEnumerable<string> Back(string? at)
        {
            for (; at is not null; at = from[at]) yield return at;
        }
    }
}
