using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using FairMedl.Tests.Architecture;

namespace FairMedl.Tests.Engine;

/// <summary>Which methods each method of a compiled assembly calls, by type, name and signature.</summary>
internal sealed class CompiledCalls
{
    private readonly MetadataReader metadata;

    private CompiledCalls(PEReader image)
    {
        metadata = image.GetMetadataReader();
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            HashSet<string> called = [];
            if (method.RelativeVirtualAddress != 0)
            {
                foreach (EntityHandle token in InstructionOperands.Of(image.GetMethodBody(method.RelativeVirtualAddress).GetILReader()))
                    if (Name(token) is { } name) called.Add(name);
            }

            ByMethod[Name(handle)!] = called;
        }
    }

    /// <summary>By method, what it calls.</summary>
    public Dictionary<string, HashSet<string>> ByMethod { get; } = [];

    public static CompiledCalls Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var image = new PEReader(file, PEStreamOptions.PrefetchEntireImage);
        return new CompiledCalls(image);
    }

    private string? Name(EntityHandle token) => token.Kind switch
    {
        HandleKind.MethodDefinition => Name((MethodDefinitionHandle)token),
        HandleKind.MemberReference => Name((MemberReferenceHandle)token),
        HandleKind.MethodSpecification => Name(metadata.GetMethodSpecification((MethodSpecificationHandle)token).Method),
        _ => null,
    };

    private string Name(MethodDefinitionHandle handle)
    {
        MethodDefinition method = metadata.GetMethodDefinition(handle);
        return $"{Type(method.GetDeclaringType())}.{metadata.GetString(method.Name)}({Signature(method.Signature)})";
    }

    private string? Name(MemberReferenceHandle handle)
    {
        MemberReference member = metadata.GetMemberReference(handle);
        return member.GetKind() == MemberReferenceKind.Method
            ? $"{Type(member.Parent)}.{metadata.GetString(member.Name)}({Signature(member.Signature)})"
            : null;
    }

    private string Type(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition when metadata.GetTypeDefinition((TypeDefinitionHandle)handle) is var type =>
            Full(type.GetDeclaringType(), type.Namespace, type.Name),
        HandleKind.TypeReference when metadata.GetTypeReference((TypeReferenceHandle)handle) is var type =>
            Full(type.ResolutionScope.Kind == HandleKind.TypeReference ? type.ResolutionScope : default, type.Namespace, type.Name),
        _ => "",
    };

    private string Full(EntityHandle outer, StringHandle space, StringHandle name) => outer.IsNil
        ? $"{metadata.GetString(space)}.{metadata.GetString(name)}"
        : $"{Type(outer)}.{metadata.GetString(name)}";

    private string Signature(BlobHandle blob)
    {
        BlobReader reader = metadata.GetBlobReader(blob);
        var decoder = new SignatureDecoder<string, object?>(new Names(this), metadata, null);
        return string.Join(", ", decoder.DecodeMethodSignature(ref reader).ParameterTypes);
    }

    /// <summary>Types of a signature by their last name.</summary>
    private sealed class Names(CompiledCalls calls) : ISignatureTypeProvider<string, object?>
    {
        public string GetArrayType(string elementType, ArrayShape shape) => elementType + "[,]";

        public string GetByReferenceType(string elementType) => elementType + "&";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

        public string GetGenericInstantiation(string genericType, System.Collections.Immutable.ImmutableArray<string> typeArguments) =>
            $"{genericType}<{string.Join(", ", typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => calls.Type(handle);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => calls.Type(handle);

        public string GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }
}
