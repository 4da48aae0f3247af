using FairMedl.Core.Numerics;
using FairMedl.Torch;
using FairMedl.Torch.Engine;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FairMedl.Tests.Torch;

public class ScopeTests
{
    [Fact]
    public void Scope_Ended_ItsTensorsRefuseToBeUsed()
    {
        Tensor inside, view, kept;
        using (var scope = NewDisposeScope())
        {
            inside = ones(2, 3);
            view = inside.t();
            kept = (inside * 2f).t().MoveToOuterDisposeScope();
        }

        Assert.Throws<ObjectDisposedException>(() => inside + 1f);
        Assert.Throws<ObjectDisposedException>(() => view.data<float>());
        Assert.Equal([2, 2, 2, 2, 2, 2], kept.data<float>().ToArray());
        kept.Dispose();
        Assert.Throws<ObjectDisposedException>(kept.sum);
    }

    [Fact]
    public void Scopes_Nested_AMovedTensorEndsWithTheOuterOne()
    {
        Tensor moved;
        using (var outer = NewDisposeScope())
        {
            Tensor early = full([3], 1);
            using (var inner = NewDisposeScope()) moved = (early + 1f).MoveToOuterDisposeScope();
            Tensor late = full([3], 5);
            Assert.Equal([2, 2, 2], moved.data<float>().ToArray());
            Assert.Equal([1, 1, 1], early.data<float>().ToArray());
            Assert.Equal([7, 7, 7], (moved + late).data<float>().ToArray());
        }

        Assert.Throws<ObjectDisposedException>(moved.sum);
    }

    [Fact]
    public void Scope_EndedWithOpenOnesInside_EndsThoseFirst()
    {
        DisposeScope outer = NewDisposeScope();
        NewDisposeScope();
        Tensor inside = ones(1);
        outer.Dispose();
        Assert.Throws<ObjectDisposedException>(inside.sum);
        Assert.Null(Workspace.Current.Scope);
    }

    [Fact]
    public void Backward_ThroughAGraphWhoseScopeEnded_IsRefused()
    {
        Tensor w = ones(2).requires_grad_(), loss;
        using (var scope = NewDisposeScope()) loss = w.square().sum().MoveToOuterDisposeScope();
        Assert.Throws<InvalidOperationException>(loss.backward);
    }

    [Fact]
    public void Backward_OfTensorsInsideAndOutsideAScope_ReachesTheLeaf()
    {
        Tensor w = full([2], 3).requires_grad_(), outside = w.square();
        using var scope = NewDisposeScope();
        Assert.Equal([24, 24], autograd.grad([(outside * 4f).sum()], [w])[0].data<float>().ToArray());
    }

    [Fact]
    public void Step_Repeated_HoldsNoMoreMemoryAndAllocatesLittle() => OnAThread(() =>
    {
        SmallFit fit = new(1);
        for (int i = 0; i < 50; i++) fit.Step();
        long capacity = Workspace.Current.Arena.Capacity, before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) fit.Step();
        Assert.Equal(capacity, Workspace.Current.Arena.Capacity);
        Assert.Equal(0, Workspace.Current.ScopedTape.Count);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, 0, 4096);
        return 0;
    });

    [Fact]
    public void Fits_OnTwoThreads_AreBitIdenticalToOneAfterTheOther()
    {
        float[] Fit(ulong seed)
        {
            SmallFit fit = new(seed);
            for (int i = 0; i < 200; i++) fit.Step();
            return fit.Weights;
        }

        float[][] alone = [OnAThread(() => Fit(1)), OnAThread(() => Fit(2))], together = new float[2][];
        using Barrier start = new(2);
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            together[i] = Fit((ulong)i + 1);
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(alone[0], together[0]);
        Assert.Equal(alone[1], together[1]);
        Assert.NotEqual(alone[0], alone[1]);
    }

    [Fact]
    public void Graph_OfTenThousandOperations_DoesNotOverflowTheStack() => OnAThread(
        () =>
        {
            using var scope = NewDisposeScope();
            Tensor w = full([1], 1).requires_grad_(), x = w;
            for (int i = 0; i < 10_000; i++) x = x + w;
            Assert.Equal(10_001, autograd.grad([x], [w])[0].item<float>());
            return 0;
        },
        128 * 1024);

    [Fact]
    public void Graph_ForgottenOutsideEveryScope_IsCollected() => OnAThread(() =>
    {
        WeakReference forgotten = Forget();
        for (int i = 0; i < 10 && forgotten.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(forgotten.IsAlive);
        return 0;
    });

    [Fact]
    public void Device_Cuda_FailsWithTheReason()
    {
        Assert.False(cuda.is_available());
        Assert.Contains("cuda:1", Assert.Throws<InvalidOperationException>(() => ones(1).to(device("cuda:1"))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => zeros(2, device: CUDA));
        Assert.Throws<ArgumentException>(() => device("tpu"));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Forget()
    {
        Tensor w = ones(2).requires_grad_();
        return new WeakReference((w * 2f).exp());
    }

    /// <summary>A thread has a workspace of its own, so that a test sees nothing but its own memory.</summary>
    private static T OnAThread<T>(Func<T> body, int stack = 0)
    {
        T result = default!;
        Exception? thrown = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    result = body();
                }
                catch (Exception e)
                {
                    thrown = e;
                }
            },
            stack);
        thread.Start();
        thread.Join();
        return thrown is null ? result : throw new InvalidOperationException("The thread failed.", thrown);
    }

    /// <summary>A predictor and an adversary in turn, as training does it.</summary>
    private sealed class SmallFit
    {
        private readonly Parameter w1, b1, w2, b2, a1, c1;
        private readonly Adam predictor, adversary;
        private readonly RandomStream random;
        private readonly float[] x = new float[40 * 7], y = new float[40];
        private readonly long[] s = new long[40];

        public SmallFit(ulong seed)
        {
            random = new RandomStream(seed);
            w1 = Drawn(4, 7);
            b1 = Drawn(4);
            w2 = Drawn(1, 4);
            b2 = Drawn(1);
            a1 = Drawn(3, 2);
            c1 = Drawn(3);
            predictor = optim.Adam([w1, b1, w2, b2], lr: 1e-2);
            adversary = optim.Adam([a1, c1], lr: 1e-2);
        }

        public float[] Weights => [.. new[] { w1, b1, w2, b2, a1, c1 }.SelectMany(w => w.data<float>().ToArray())];

        public void Step()
        {
            using var scope = NewDisposeScope();
            random.FillNormal(x);
            for (int i = 0; i < 40; i++) (y[i], s[i]) = (x[i] > 0 ? 1 : 0, random.NextInt(3));
            Tensor inputs = Fused.FromColumns(x, 40, 7, 40), target = Fused.FromColumns(y, 40, 1, 40), labels = Fused.LabelsFromColumns(s, 40, 1, 40);
            Tensor logit = Fused.Linear(Fused.Linear(inputs, w1, b1, Activation.Relu), w2, b2, Activation.None), p = logit.sigmoid();

            adversary.zero_grad();
            Fused.SegmentedCrossEntropy(Fused.Linear(Fused.Concatenate(p.detach(), target), a1, c1, Activation.None), labels, new Segments(3)).backward();
            adversary.step();

            predictor.zero_grad();
            Tensor fooled = Fused.SegmentedCrossEntropy(Fused.Linear(Fused.Concatenate(p, target), a1.detach(), c1.detach(), Activation.None), labels, new Segments(3));
            Fused.WeightedSum((1, nn.functional.binary_cross_entropy_with_logits(logit, target)), (-.2, fooled)).backward();
            predictor.step();
        }

        private Parameter Drawn(params long[] shape)
        {
            float[] values = new float[shape.Aggregate(1L, (a, b) => a * b)];
            random.FillNormal(values, .5);
            return nn.Parameter(tensor(values, shape));
        }
    }
}
