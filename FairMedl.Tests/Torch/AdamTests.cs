using FairMedl.Core.Numerics;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

public class AdamTests
{
    private static readonly int[] Sizes = [1, 3, 16, 17, 40, 8];

    public static TheoryData<string> All => Paths.All;

    /// <summary>Parameters in one block are updated as they are alone, also where some of them skip a step.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Step_OfManyParameters_IsEachOnesOwn(string path)
    {
        using IDisposable forced = Paths.On(path);
        Parameter[] together = Parameters(), alone = Parameters();
        Adam all = optim.Adam(together, lr: 0.1, weight_decay: 0.01);
        Adam[] each = [.. alone.Select(p => optim.Adam([p], lr: 0.1, weight_decay: 0.01))];
        RandomStream random = new(5);
        for (int step = 0; step < 7; step++)
        {
            using var scope = NewDisposeScope();
            all.zero_grad();
            foreach (Adam one in each) one.zero_grad();
            for (int i = 0; i < Sizes.Length; i++)
            {
                if ((step + i) % 4 == 1) continue;
                float[] factor = new float[Sizes[i]];
                random.FillNormal(factor);
                (together[i] * tensor(factor)).sum().backward();
                (alone[i] * tensor(factor)).sum().backward();
            }

            all.step();
            foreach (Adam one in each) one.step();
        }

        for (int i = 0; i < Sizes.Length; i++) Assert.Equal(Values(alone[i]), Values(together[i]));
    }

    /// <summary>A tensor on a parameter's elements still is on them after an optimiser has taken the parameter.</summary>
    [Fact]
    public void Optimiser_OfParametersThatOtherTensorsAreOn_StepsWhereTheyAre()
    {
        Tensor data = ones(4);
        Parameter given = nn.Parameter(data), seen, detached;
        using (NewDisposeScope()) (seen, detached) = (nn.Parameter(ones(4)), nn.Parameter(ones(4)));
        Tensor view, apart = detached.detach();
        using (no_grad()) view = seen.unsqueeze(0);
        Adam adam = optim.Adam([given, seen, detached], lr: 0.5);
        (given * 2f + seen * 2f + detached * 2f).sum().backward();
        adam.step();
        foreach ((Tensor parameter, Tensor other) in new[] { (given, data), (seen, view), (detached, apart) })
        {
            Assert.Equal(0.5f, Values(parameter)[0], 1e-6f);
            Assert.Equal(Values(parameter), Values(other));
        }
    }

    [Fact]
    public void Optimiser_AfterAnother_LeavesTheFirstOnesBlock()
    {
        Parameter[] parameters = Parameters();
        Adam first = optim.Adam(parameters, lr: 0.5), second = optim.Adam([parameters[1], parameters[4]], lr: 0.25);
        (parameters[1] * 3f).sum().backward();
        first.step();
        float once = Values(parameters[1])[0];
        second.step();
        Assert.Equal(once - 0.25f, Values(parameters[1])[0], 1e-5f);
        Assert.Equal(Values(Parameters()[4]), Values(parameters[4]));
    }

    /// <summary>Made in a scope, a parameter has elements of its own.</summary>
    private static Parameter[] Parameters()
    {
        using var scope = NewDisposeScope();
        return [.. Sizes.Select(n => nn.Parameter(full([n], 0.1 * n)))];
    }

    private static float[] Values(Tensor a) => a.data<float>().ToArray();
}
