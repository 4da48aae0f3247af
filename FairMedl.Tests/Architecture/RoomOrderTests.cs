using System.Reflection;
using System.Reflection.Emit;
using FairMedl.Core.Numerics;
using Xunit;

namespace FairMedl.Tests.Architecture;

public sealed class RoomOrderTests
{
    [Theory]
    [InlineData("FairMedl.Core")]
    [InlineData("FairMedl.Engine.Managed")]
    [InlineData("FairMedl.Engine.TorchSharp")]
    [InlineData("FairMedl.Web")]
    public void Assembly_AsCompiled_HasNoBackEdgesOrUnlistedNamespaces(string assembly) =>
        Assert.Empty(RoomsOf(assembly).Faults(Assemblies.Read(assembly)));

    [Fact]
    public void Core_AsCompiled_IncludesMethodBodies()
    {
        CompiledTypes core = Assemblies.Read("FairMedl.Core");

        // RandomStream names Encoding in a method body only, so this use is missing if bodies are not read.
        Assert.Contains(core.Uses, use => use.From.Name == nameof(RandomStream) && use.To.ToString() == "System.Text.Encoding");
        Assert.Contains(core.Defined, type => type.Name == nameof(RandomStream));
    }

    [Fact]
    public void Web_AsCompiled_IncludesMarkup()
    {
        CompiledTypes web = Assemblies.Read("FairMedl.Web");

        // The start page names this component in its markup only.
        Assert.Contains(web.Uses, use => use.From.ToString() == "FairMedl.Web.Start.StartPage" && use.To.Name == "StudyStateBadge");
    }

    [Theory]
    [InlineData("FairMedl.Core", "Data", "Reports")]
    [InlineData("FairMedl.Core", "Fits", "Storage")]
    [InlineData("FairMedl.Engine.Managed", "Models", "Training")]
    [InlineData("FairMedl.Engine.TorchSharp", "Training", "TorchSharp")]
    [InlineData("FairMedl.Web", "Jobs", "Services")]
    [InlineData("FairMedl.Web", "Components", "Studies")]
    [InlineData("FairMedl.Web", "Results", "Compare")]
    public void Faults_BackEdgeInAMethodBody_AreReported(string assembly, string earlier, string later)
    {
        (string from, string to) = Types(assembly, earlier, later);
        CompiledTypes planted = Compile(to, (module, target) =>
        {
            MethodBuilder called = target.DefineMethod("Answer", MethodAttributes.Public | MethodAttributes.Static, typeof(int), []);
            called.GetILGenerator().Emit(OpCodes.Ldc_I4_1);
            called.GetILGenerator().Emit(OpCodes.Ret);
            TypeBuilder caller = module.DefineType(from);
            ILGenerator body = caller.DefineMethod("Read", MethodAttributes.Public, null, []).GetILGenerator();
            body.Emit(OpCodes.Call, called);
            body.Emit(OpCodes.Pop);
            body.Emit(OpCodes.Ret);
            return caller;
        });

        Assert.Equal([$"{from} ({earlier}) uses {to} ({later}), a later room"], RoomsOf(assembly).Faults(planted));
    }

    [Theory]
    [InlineData("FairMedl.Core", "Fits", "Reports")]
    [InlineData("FairMedl.Engine.Managed", "Training", "SelfTest")]
    [InlineData("FairMedl.Web", "Services", "Results")]
    public void Faults_BackEdgeInAGenericArgument_AreReported(string assembly, string earlier, string later)
    {
        (string from, string to) = Types(assembly, earlier, later);
        CompiledTypes planted = Compile(to, (module, target) =>
        {
            TypeBuilder owner = module.DefineType(from);
            owner.DefineField("values", typeof(List<>).MakeGenericType(target.MakeArrayType()), FieldAttributes.Private);
            return owner;
        });

        Assert.Equal([$"{from} ({earlier}) uses {to} ({later}), a later room"], RoomsOf(assembly).Faults(planted));
    }

    [Theory]
    [InlineData("FairMedl.Core", "Data", "Reports")]
    [InlineData("FairMedl.Engine.Managed", "Models", "Training")]
    [InlineData("FairMedl.Web", "Services.Studies", "Studies.Queue")]
    public void Faults_UseOfAnEarlierRoom_AreEmpty(string assembly, string earlier, string later)
    {
        (string from, string to) = Types(assembly, earlier, later);
        CompiledTypes planted = Compile(to, (module, user) =>
        {
            TypeBuilder used = module.DefineType(from);
            user.DefineField("used", used, FieldAttributes.Private);
            return used;
        });

        Assert.Empty(RoomsOf(assembly).Faults(planted));
    }

    [Theory]
    [InlineData("FairMedl.Core", "FairMedl.Core.Common.Tools")]
    [InlineData("FairMedl.Core", "FairMedl.Core.Loose")]
    [InlineData("FairMedl.Core", "Elsewhere.Thing")]
    [InlineData("FairMedl.Engine.Managed", "FairMedl.Engine.ModelsAndMore.Layer")]
    [InlineData("FairMedl.Web", "FairMedl.Web.Drafts.Draft")]
    [InlineData("FairMedl.Web", "FairMedl.Web.Loose")]
    public void Faults_TypeOutsideTheListedRooms_AreReported(string assembly, string type)
    {
        CompiledTypes planted = Compile(Types(assembly, "", assembly == "FairMedl.Web" ? "Start" : assembly == "FairMedl.Core" ? "Data" : "Models").To,
            (module, _) => module.DefineType(type));

        Assert.Equal([$"{type} is in no listed room"], RoomsOf(assembly).Faults(planted));
    }

    private static Rooms RoomsOf(string assembly) => assembly switch
    {
        "FairMedl.Core" => Rooms.Core,
        "FairMedl.Web" => Rooms.Web,
        _ => Rooms.Engine,
    };

    /// <summary>The full names of a type in each of two rooms.</summary>
    private static (string From, string To) Types(string assembly, string earlier, string later)
    {
        string root = assembly.StartsWith("FairMedl.Engine", StringComparison.Ordinal) ? "FairMedl.Engine" : assembly;
        return ($"{root}.{earlier}.Earlier", $"{root}.{later}.Later");
    }

    /// <summary>An assembly in memory with the type <paramref name="later"/> and what <paramref name="plant"/> adds.</summary>
    private static CompiledTypes Compile(string later, Func<ModuleBuilder, TypeBuilder, TypeBuilder> plant)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Planted"), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule("Planted");
        TypeBuilder target = module.DefineType(later);
        TypeBuilder added = plant(module, target);
        target.CreateType();
        added.CreateType();

        var stream = new MemoryStream();
        assembly.Save(stream);
        stream.Position = 0;
        return CompiledTypes.Read(stream);
    }
}
