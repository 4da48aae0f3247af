namespace FairMedl.Tests.Architecture;

/// <summary>A type by its namespace and its own name; a nested type (also a closure or an iterator) counts as the type it is nested in.</summary>
public readonly record struct TypeName(string Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}

/// <summary>One type names another: in a signature, a base, an attribute or a method body.</summary>
public readonly record struct TypeUse(TypeName From, TypeName To);
