using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FairMedl.Tests.Architecture;

/// <summary>
/// Reads from a compiled assembly which type uses which: bases, interfaces, constraints, attributes, signatures, locals,
/// caught exceptions and every instruction of every method body. A <c>const</c> or a <c>nameof</c> leaves no trace there.
/// </summary>
internal sealed class CompiledTypes
{
    private readonly MetadataReader metadata;
    private readonly PEReader image;
    private readonly HashSet<TypeUse> uses = [];
    private readonly List<TypeName> defined = [];

    private CompiledTypes(PEReader image)
    {
        this.image = image;
        metadata = image.GetMetadataReader();
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions) ReadType(handle);
    }

    /// <summary>Outermost types that the compiler did not make up, in the order of the assembly.</summary>
    public IReadOnlyList<TypeName> Defined => defined;

    /// <summary>Every use of another type, inside or outside of the assembly.</summary>
    public IReadOnlyCollection<TypeUse> Uses => uses;

    /// <summary>The names of the assemblies that it references.</summary>
    public required IReadOnlyList<string> References { get; init; }

    public static CompiledTypes Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file);
    }

    public static CompiledTypes Read(Stream assembly)
    {
        using var image = new PEReader(assembly, PEStreamOptions.PrefetchEntireImage | PEStreamOptions.LeaveOpen);
        MetadataReader metadata = image.GetMetadataReader();
        return new CompiledTypes(image)
        {
            References = [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))],
        };
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        TypeName from = NameOf(handle);
        if (type.GetDeclaringType().IsNil && !IsMadeByTheCompiler(type)) defined.Add(from);

        var types = new UsedTypes(this, from);
        types.Add(type.BaseType);
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations()) types.Add(metadata.GetInterfaceImplementation(implemented).Interface);
        types.AddConstraints(type.GetGenericParameters());
        types.AddAttributes(type.GetCustomAttributes());

        foreach (FieldDefinitionHandle fieldHandle in type.GetFields())
        {
            FieldDefinition field = metadata.GetFieldDefinition(fieldHandle);
            field.DecodeSignature(types, null);
            types.AddAttributes(field.GetCustomAttributes());
        }

        foreach (PropertyDefinitionHandle property in type.GetProperties()) types.AddAttributes(metadata.GetPropertyDefinition(property).GetCustomAttributes());

        foreach (MethodDefinitionHandle methodHandle in type.GetMethods())
        {
            MethodDefinition method = metadata.GetMethodDefinition(methodHandle);
            method.DecodeSignature(types, null);
            types.AddConstraints(method.GetGenericParameters());
            types.AddAttributes(method.GetCustomAttributes());
            foreach (ParameterHandle parameter in method.GetParameters()) types.AddAttributes(metadata.GetParameter(parameter).GetCustomAttributes());
            if (method.RelativeVirtualAddress != 0) ReadBody(image.GetMethodBody(method.RelativeVirtualAddress), types);
        }
    }

    private void ReadBody(MethodBodyBlock body, UsedTypes types)
    {
        if (!body.LocalSignature.IsNil) metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(types, null);
        foreach (ExceptionRegion region in body.ExceptionRegions) types.Add(region.CatchType);
        foreach (EntityHandle token in InstructionOperands.Of(body.GetILReader())) types.Add(token);
    }

    private TypeName NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return new TypeName(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    private TypeName NameOf(TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference) type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return new TypeName(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    // What the compiler and its generators add: <Module>, anonymous types, embedded attributes, generated expressions.
    private bool IsMadeByTheCompiler(TypeDefinition type) =>
        metadata.GetString(type.Name).StartsWith('<')
        || type.GetCustomAttributes().Select(AttributeName).Any(name =>
            name.ToString() is "System.Runtime.CompilerServices.CompilerGeneratedAttribute" or "System.CodeDom.Compiler.GeneratedCodeAttribute");

    private TypeName AttributeName(CustomAttributeHandle handle)
    {
        EntityHandle constructor = metadata.GetCustomAttribute(handle).Constructor;
        EntityHandle type = constructor.Kind == HandleKind.MemberReference
            ? metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent
            : metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType();
        return type.Kind == HandleKind.TypeReference ? NameOf((TypeReferenceHandle)type) : NameOf((TypeDefinitionHandle)type);
    }

    /// <summary>Notes every type that a handle or a signature names as used by one type.</summary>
    private sealed class UsedTypes(CompiledTypes owner, TypeName from) : ISignatureTypeProvider<bool, object?>
    {
        private readonly MetadataReader metadata = owner.metadata;

        public void Add(EntityHandle handle)
        {
            if (handle.IsNil) return;
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition:
                    Note(owner.NameOf((TypeDefinitionHandle)handle));
                    break;
                case HandleKind.TypeReference:
                    Note(owner.NameOf((TypeReferenceHandle)handle));
                    break;
                case HandleKind.TypeSpecification:
                    metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                    break;
                case HandleKind.MethodDefinition:
                    MethodDefinition method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                    Add(method.GetDeclaringType());
                    method.DecodeSignature(this, null);
                    break;
                case HandleKind.FieldDefinition:
                    Add(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.MemberReference:
                    MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                    Add(member.Parent);
                    if (member.GetKind() == MemberReferenceKind.Method) member.DecodeMethodSignature(this, null);
                    else member.DecodeFieldSignature(this, null);
                    break;
                case HandleKind.MethodSpecification:
                    MethodSpecification specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                    Add(specification.Method);
                    specification.DecodeSignature(this, null);
                    break;
                default:
                    throw new NotSupportedException($"{from} names a {handle.Kind}: teach {nameof(UsedTypes)} to read it.");
            }
        }

        public void AddConstraints(GenericParameterHandleCollection parameters)
        {
            foreach (GenericParameterHandle parameter in parameters)
            {
                foreach (GenericParameterConstraintHandle constraint in metadata.GetGenericParameter(parameter).GetConstraints())
                {
                    Add(metadata.GetGenericParameterConstraint(constraint).Type);
                }
            }
        }

        public void AddAttributes(CustomAttributeHandleCollection attributes)
        {
            foreach (CustomAttributeHandle attribute in attributes) Note(owner.AttributeName(attribute));
        }

        private void Note(TypeName to)
        {
            if (to != from) owner.uses.Add(new TypeUse(from, to));
        }

        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            Add(handle);
            return true;
        }

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            Add(handle);
            return true;
        }

        public bool GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            Add(handle);
            return true;
        }

        // The element types below have been noted when they were decoded; nothing is left to do.
        public bool GetSZArrayType(bool elementType) => true;

        public bool GetArrayType(bool elementType, ArrayShape shape) => true;

        public bool GetByReferenceType(bool elementType) => true;

        public bool GetPointerType(bool elementType) => true;

        public bool GetPinnedType(bool elementType) => true;

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => true;

        public bool GetGenericMethodParameter(object? genericContext, int index) => true;

        public bool GetGenericTypeParameter(object? genericContext, int index) => true;

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => true;

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => true;

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => true;
    }
}
