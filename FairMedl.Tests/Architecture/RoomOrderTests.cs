using System.Reflection;
using System.Reflection.Emit;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Architecture;

public sealed class RoomOrderTests
{
    [Fact]
    public void Core_AsCompiled_HasNoBackEdgesOrUnlistedNamespaces() =>
        Assert.Empty(Rooms.Faults(CompiledTypes.Read(typeof(RandomStream).Assembly.Location)));

    [Fact]
    public void Core_AsCompiled_IncludesMethodBodies()
    {
        CompiledTypes core = CompiledTypes.Read(typeof(RandomStream).Assembly.Location);

        // RandomStream names Encoding in one body only: were bodies not read, the order would hold for want of looking.
        Assert.Contains(core.Uses, use => use.From.Name == nameof(RandomStream) && use.To.ToString() == "System.Text.Encoding");
        Assert.Contains(core.Defined, type => type.Name == nameof(RandomStream));
    }

    [Fact]
    public void Faults_BackEdgeInAMethodBody_AreReported()
    {
        CompiledTypes planted = Compile((module, later) =>
        {
            MethodBuilder target = later.DefineMethod("Answer", MethodAttributes.Public | MethodAttributes.Static, typeof(int), []);
            target.GetILGenerator().Emit(OpCodes.Ldc_I4_1);
            target.GetILGenerator().Emit(OpCodes.Ret);
            TypeBuilder earlier = module.DefineType("FairMedl.Core.Data.Reader");
            ILGenerator body = earlier.DefineMethod("Read", MethodAttributes.Public, null, []).GetILGenerator();
            body.Emit(OpCodes.Call, target);
            body.Emit(OpCodes.Pop);
            body.Emit(OpCodes.Ret);
            return earlier;
        });

        Assert.Equal(["FairMedl.Core.Data.Reader (Data) uses FairMedl.Core.Reports.Writer (Reports), a later room"], Rooms.Faults(planted));
    }

    [Fact]
    public void Faults_BackEdgeInAGenericArgument_AreReported()
    {
        CompiledTypes planted = Compile((module, later) =>
        {
            TypeBuilder earlier = module.DefineType("FairMedl.Core.Fits.Fit");
            earlier.DefineField("writers", typeof(List<>).MakeGenericType(later.MakeArrayType()), FieldAttributes.Private);
            return earlier;
        });

        Assert.Equal(["FairMedl.Core.Fits.Fit (Fits) uses FairMedl.Core.Reports.Writer (Reports), a later room"], Rooms.Faults(planted));
    }

    [Fact]
    public void Faults_UseOfAnEarlierNamespace_AreEmpty()
    {
        CompiledTypes planted = Compile((module, later) =>
        {
            TypeBuilder earlier = module.DefineType("FairMedl.Core.Data.Tables.Table");
            later.DefineField("table", earlier, FieldAttributes.Private);
            return earlier;
        });

        Assert.Empty(Rooms.Faults(planted));
    }

    [Theory]
    [InlineData("FairMedl.Core.Common.Tools")]
    [InlineData("FairMedl.Core.Loose")]
    [InlineData("Elsewhere.Thing")]
    public void Faults_TypeOutsideTheListedNamespaces_AreReported(string type)
    {
        CompiledTypes planted = Compile((module, _) => module.DefineType(type));

        Assert.Equal([$"{type} is in no listed room"], Rooms.Faults(planted));
    }

    /// <summary>An assembly in memory with FairMedl.Core.Reports.Writer and what <paramref name="plant"/> adds.</summary>
    private static CompiledTypes Compile(Func<ModuleBuilder, TypeBuilder, TypeBuilder> plant)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Planted"), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule("Planted");
        TypeBuilder later = module.DefineType("FairMedl.Core.Reports.Writer");
        TypeBuilder added = plant(module, later);
        later.CreateType();
        added.CreateType();

        var stream = new MemoryStream();
        assembly.Save(stream);
        stream.Position = 0;
        return CompiledTypes.Read(stream);
    }
}
