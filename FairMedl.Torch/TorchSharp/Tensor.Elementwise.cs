using FairMedl.Torch.Engine;
using FairMedl.Torch.Kernels;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator -(Tensor a) => UnaryOperations.Forward(Unary.Negate, a);

        public static Tensor operator +(Tensor a, Tensor b) => BinaryOperations.Forward(Binary.Add, a, b);

        public static Tensor operator -(Tensor a, Tensor b) => BinaryOperations.Forward(Binary.Subtract, a, b);

        public static Tensor operator *(Tensor a, Tensor b) => BinaryOperations.Forward(Binary.Multiply, a, b);

        public static Tensor operator /(Tensor a, Tensor b) => BinaryOperations.Forward(Binary.Divide, a, b);

        public static Tensor operator +(Tensor a, Scalar b) => UnaryOperations.Forward(Unary.Affine, a, 1, b.Single);

        public static Tensor operator +(Scalar a, Tensor b) => UnaryOperations.Forward(Unary.Affine, b, 1, a.Single);

        public static Tensor operator -(Tensor a, Scalar b) => UnaryOperations.Forward(Unary.Affine, a, 1, -b.Single);

        public static Tensor operator -(Scalar a, Tensor b) => UnaryOperations.Forward(Unary.Affine, b, -1, a.Single);

        public static Tensor operator *(Tensor a, Scalar b) => UnaryOperations.Forward(Unary.Affine, a, b.Single, 0);

        public static Tensor operator *(Scalar a, Tensor b) => UnaryOperations.Forward(Unary.Affine, b, a.Single, 0);

        public static Tensor operator /(Tensor a, Scalar b) => UnaryOperations.Forward(Unary.Affine, a, (float)(1 / b.Value), 0);

        public static Tensor operator /(Scalar a, Tensor b) => UnaryOperations.Forward(Unary.Reciprocal, b, a.Single);

        public static Tensor operator >(Tensor a, Tensor b) => Indexing.Greater(a, b);

        public static Tensor operator <(Tensor a, Tensor b) => Indexing.Greater(b, a);

        public static Tensor operator >(Tensor a, Scalar b) => Indexing.Greater(a, full([], b));

        public static Tensor operator <(Tensor a, Scalar b) => Indexing.Greater(full([], b), a);

        public Tensor square() => UnaryOperations.Forward(Unary.Square, this);

        public Tensor abs() => UnaryOperations.Forward(Unary.Absolute, this);

        public Tensor sqrt() => UnaryOperations.Forward(Unary.SquareRoot, this);

        public Tensor exp() => UnaryOperations.Forward(Unary.Exponential, this);

        public Tensor log() => UnaryOperations.Forward(Unary.Logarithm, this);

        public Tensor sigmoid() => UnaryOperations.Forward(Unary.Sigmoid, this);

        public Tensor relu() => UnaryOperations.Forward(Unary.Rectify, this);

        /// <summary>Each element limited to [min, max].</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            UnaryOperations.Forward(Unary.Clamp, this, min?.Single ?? float.NegativeInfinity, max?.Single ?? float.PositiveInfinity);

        public Tensor softmax(long dim) => Normalising.Softmax(this, dim, false);

        public Tensor log_softmax(long dim) => Normalising.Softmax(this, dim, true);

        public Tensor add_(Tensor b) => Write(Binary.Add, b);

        public Tensor sub_(Tensor b) => Write(Binary.Subtract, b);

        public Tensor mul_(Tensor b) => Write(Binary.Multiply, b);

        public Tensor add_(Scalar b) => Write(1, b.Single);

        public Tensor sub_(Scalar b) => Write(1, -b.Single);

        public Tensor mul_(Scalar b) => Write(b.Single, 0);

        /// <summary>Sets every element to 0, in place.</summary>
        public Tensor zero_()
        {
            Copying.BeginWrite(this);
            Tensor nothing = zeros([], type);
            Copying.Elements(type, Loop.Over(layout, nothing.layout.Expand(layout)), address, nothing.address);
            return this;
        }

        /// <summary>Overwrites this tensor with the source's elements, repeated where this one is larger.</summary>
        public Tensor copy_(Tensor source)
        {
            Copying.BeginWrite(this, source.Ready());
            if (source.type != type) throw new ArgumentException($"A tensor of {source.type} cannot be copied into one of {type}.", nameof(source));
            Copying.Elements(type, Loop.Over(layout, source.layout.Expand(layout)), address, source.address);
            return this;
        }

        private Tensor Write(Binary binary, Tensor b)
        {
            Float();
            Copying.BeginWrite(this, b.Float());
            Workspace.Current.Kernel.Combine(binary, Loop.Over(layout, layout, b.layout.Expand(layout)), address, address, b.address, false);
            return this;
        }

        private Tensor Write(float scale, float shift)
        {
            Float();
            Copying.BeginWrite(this);
            Workspace.Current.Kernel.Map(Unary.Affine, Loop.Over(layout, layout), address, address, scale, shift);
            return this;
        }
    }
}
