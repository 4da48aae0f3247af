using System.Text;

namespace FairMedl.Tests.Native;

/// <summary>
/// A small ELF library with the tables that decide about a weak version: names, dynamic symbols, their versions, required versions and
/// relocations. The first symbol is an ordinary one with a relocation, the second std::ios_base_library_init.
/// </summary>
internal sealed record SyntheticShim
{
    public const string Initialiser = "_ZSt21ios_base_library_initv", Version = "GLIBCXX_3.4.32";
    private const int HeaderBytes = 64, ProgramBytes = 56, SectionBytes = 64;

    /// <summary>Name of the symbol that has the version.</summary>
    public string Name { get; init; } = Initialiser;

    /// <summary>The required version.</summary>
    public string Required { get; init; } = Version;

    /// <summary>Whether a relocation refers to the symbol.</summary>
    public bool IsRelocated { get; init; }

    /// <summary>Whether the relocation is of the kind without an addend.</summary>
    public bool HasShortRelocations { get; init; }

    /// <summary>Whether the library defines the symbol itself.</summary>
    public bool IsDefined { get; init; }

    /// <summary>Whether the ordinary symbol has the version, too.</summary>
    public bool HasOtherSymbol { get; init; }

    /// <summary>Whether the version is required of a second library, too.</summary>
    public bool IsRequiredTwice { get; init; }

    /// <summary>Where the flag of the required version is in the latest bytes of <see cref="ToBytes"/>.</summary>
    public int FlagOffset { get; private set; }

    /// <summary>The file's content.</summary>
    public byte[] ToBytes()
    {
        var names = new MemoryStream();
        names.WriteByte(0);
        uint Text(string text)
        {
            uint at = (uint)names.Length;
            names.Write(Encoding.ASCII.GetBytes(text + "\0"));
            return at;
        }

        uint library = Text("libstdc++.so.6"), old = Text("GLIBCXX_3.4"), version = Text(Required);
        uint ordinary = Text("_ZSt4cout"), symbol = Text(Name);
        byte[] symbols = Pack(w =>
        {
            w.Write(new byte[24]);
            Symbol(w, ordinary, defined: false);
            Symbol(w, symbol, IsDefined);
        });
        byte[] symbolVersions = Pack(w =>
        {
            w.Write((ushort)0);
            w.Write((ushort)(HasOtherSymbol ? 3 : 2));
            w.Write((ushort)3);
        });
        byte[] needed = Pack(w =>
        {
            Library(w, library, versions: 2, next: IsRequiredTwice ? 48u : 0);
            Requirement(w, old, index: 2, next: 16);
            Requirement(w, version, index: 3, next: 0);
            if (!IsRequiredTwice) return;
            Library(w, library, versions: 1, next: 0);
            Requirement(w, version, index: 4, next: 0);
        });
        byte[] relocations = Pack(w =>
        {
            foreach (ulong target in IsRelocated ? new ulong[] { 1, 2 } : [1])
            {
                w.Write(0x1000ul);
                w.Write((target << 32) | 7);
                if (!HasShortRelocations) w.Write(0ul);
            }
        });

        var file = new MemoryStream();
        file.Write(new byte[HeaderBytes + ProgramBytes]);
        (uint Type, uint Link, uint Info, byte[] Data)[] sections =
        [
            (0, 0, 0, []), (3, 0, 0, names.ToArray()), (11, 1, 1, symbols), (0x6fffffff, 2, 0, symbolVersions),
            (0x6ffffffe, 1, IsRequiredTwice ? 2u : 1u, needed), (HasShortRelocations ? 9u : 4u, 2, 0, relocations),
        ];
        var offsets = new List<long>();
        foreach ((_, _, _, byte[] data) in sections)
        {
            offsets.Add(file.Length);
            file.Write(data);
        }

        FlagOffset = (int)offsets[4] + 36;
        long table = file.Length;
        var writer = new BinaryWriter(file);
        foreach (((uint type, uint link, uint info, byte[] data), long offset) in sections.Zip(offsets))
        {
            writer.Write(0);
            writer.Write(type);
            writer.Write(0ul);
            writer.Write(0ul);
            writer.Write(offset);
            writer.Write((long)data.Length);
            writer.Write(link);
            writer.Write(info);
            writer.Write(0ul);
            writer.Write(0ul);
        }

        file.Position = 0;
        writer.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write((ushort)3);
        writer.Write((ushort)62);
        writer.Write(1);
        writer.Write(0ul);
        writer.Write((ulong)HeaderBytes);
        writer.Write(table);
        writer.Write(0);
        writer.Write((ushort)HeaderBytes);
        writer.Write((ushort)ProgramBytes);
        writer.Write((ushort)1);
        writer.Write((ushort)SectionBytes);
        writer.Write((ushort)sections.Length);
        writer.Write((ushort)1);
        // One loadable segment: everything before the section table.
        writer.Write(1);
        writer.Write(5);
        writer.Write(0ul);
        writer.Write(0ul);
        writer.Write(0ul);
        writer.Write(table);
        writer.Write(table);
        writer.Write(0x1000ul);
        return file.ToArray();
    }

    private static byte[] Pack(Action<BinaryWriter> write)
    {
        var stream = new MemoryStream();
        write(new BinaryWriter(stream));
        return stream.ToArray();
    }

    private static void Symbol(BinaryWriter writer, uint name, bool defined)
    {
        writer.Write(name);
        writer.Write((byte)0x12);
        writer.Write((byte)0);
        writer.Write((ushort)(defined ? 1 : 0));
        writer.Write(0ul);
        writer.Write(0ul);
    }

    private static void Library(BinaryWriter writer, uint name, ushort versions, uint next)
    {
        writer.Write((ushort)1);
        writer.Write(versions);
        writer.Write(name);
        writer.Write(16u);
        writer.Write(next);
    }

    private static void Requirement(BinaryWriter writer, uint name, ushort index, uint next)
    {
        writer.Write(0u);
        writer.Write((ushort)0);
        writer.Write(index);
        writer.Write(name);
        writer.Write(next);
    }
}
