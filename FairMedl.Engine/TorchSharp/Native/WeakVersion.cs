using System.Buffers.Binary;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>
/// Marks the requirement of symbol version GLIBCXX_3.4.32 as weak, so that the system's loader accepts a libstdc++ without it. That is
/// safe where the version's only symbol is std::ios_base_library_init without a relocation: GCC 13 adds this reference to everything
/// that includes iostream, but nothing calls it through this library.
/// </summary>
internal static class WeakVersion
{
    /// <summary>The version whose requirement is made weak.</summary>
    public const string Name = "GLIBCXX_3.4.32";

    private const uint RelocationsWithAddend = 4, Relocations = 9, DynamicSymbols = 11;
    private const uint VersionsNeeded = 0x6ffffffe, SymbolVersions = 0x6fffffff;
    private const ushort WeakFlag = 2;
    private const int SymbolBytes = 24, EntryBytes = 16;

    private static ReadOnlySpan<byte> Symbol => "_ZSt21ios_base_library_initv"u8;

    private static ReadOnlySpan<byte> Version => "GLIBCXX_3.4.32"u8;

    /// <summary>Sets the flag in a library's content.</summary>
    /// <exception cref="ElfFormatException">The library is damaged, or not as described above. The content is unchanged.</exception>
    public static void Weaken(byte[] content)
    {
        var file = new ElfFile(content);
        (ElfSection symbols, int symbolsAt) = Only(file, DynamicSymbols);
        (ElfSection versions, _) = Only(file, SymbolVersions);
        (ulong requirement, ushort index) = Requirement(file, Only(file, VersionsNeeded).Section);
        uint symbol = OnlySymbol(file, symbols, versions, index);
        CheckNotRelocated(file, symbolsAt, symbol);
        Span<byte> flags = file.Bytes(requirement + 4, 2);
        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
    }

    private static (ElfSection Section, int Index) Only(ElfFile file, uint type)
    {
        int at = Array.FindIndex(file.Sections, s => s.Type == type);
        return at >= 0 && Array.FindLastIndex(file.Sections, s => s.Type == type) == at
            ? (file.Sections[at], at)
            : throw new ElfFormatException("Its tables of symbols and versions are not as expected.");
    }

    private static ElfSection Strings(ElfFile file, ElfSection section) => section.Link < file.Sections.Length
        ? file.Sections[section.Link]
        : throw new ElfFormatException("Its table of names is missing.");

    /// <summary>The one requirement of the version: the offset of its entry, and the index that its symbols carry.</summary>
    private static (ulong Offset, ushort Index) Requirement(ElfFile file, ElfSection needed)
    {
        ElfSection strings = Strings(file, needed);
        (ulong Offset, ushort Index)? found = null;
        ulong library = needed.Offset, entriesLeft = needed.Size / EntryBytes;
        for (uint i = 0; i < needed.Info; i++)
        {
            ulong version = library + file.U32(library + 8);
            for (int n = file.U16(library + 2); n > 0; n--)
            {
                if (entriesLeft-- == 0) throw new ElfFormatException("Its table of required versions is damaged.");
                if (file.HasText(strings, file.U32(version + 8), Version))
                {
                    if (found is not null) throw new ElfFormatException($"It requires {Name} more than once.");
                    found = (version, (ushort)(file.U16(version + 6) & 0x7fff));
                }

                version += file.U32(version + 12);
            }

            uint next = file.U32(library + 12);
            if (next == 0) break;
            library += next;
        }

        return found ?? throw new ElfFormatException($"It does not require {Name}.");
    }

    private static uint OnlySymbol(ElfFile file, ElfSection symbols, ElfSection versions, ushort index)
    {
        ulong count = symbols.Size / SymbolBytes;
        if (versions.Size / 2 != count) throw new ElfFormatException("Its tables of symbols and versions have different lengths.");
        ElfSection strings = Strings(file, symbols);
        uint? found = null;
        for (ulong i = 0; i < count; i++)
        {
            if ((file.U16(versions.Offset + (2 * i)) & 0x7fff) != index) continue;
            ulong entry = symbols.Offset + (SymbolBytes * i);
            bool isUndefined = file.U16(entry + 6) == 0;
            if (found is not null || !isUndefined || !file.HasText(strings, file.U32(entry), Symbol))
                throw new ElfFormatException($"It uses other symbols of {Name} than std::ios_base_library_init.");
            found = (uint)i;
        }

        return found ?? throw new ElfFormatException($"It has no symbol of {Name}.");
    }

    private static void CheckNotRelocated(ElfFile file, int symbolsAt, uint symbol)
    {
        foreach (ElfSection section in file.Sections.Where(s => s.Type is RelocationsWithAddend or Relocations && s.Link == symbolsAt))
        {
            uint size = section.Type == RelocationsWithAddend ? 24u : 16u;
            for (ulong at = 0; at + size <= section.Size; at += size)
            {
                if (file.U64(section.Offset + at + 8) >> 32 == symbol) throw new ElfFormatException($"It calls a function of {Name}.");
            }
        }
    }
}
