using System.Buffers.Binary;

namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>A section of an ELF file, as in its section table.</summary>
internal readonly record struct ElfSection(uint Type, ulong Offset, ulong Size, uint Link, uint Info);

/// <summary>A 64-bit little-endian ELF file in memory; every read is checked against its bounds.</summary>
internal sealed class ElfFile
{
    private const int HeaderBytes = 64, ProgramEntryBytes = 56, SectionEntryBytes = 64;
    private const string TooShort = "The file is shorter than its header says.";
    private readonly byte[] content;

    /// <summary>Reads the section table of a file's content.</summary>
    /// <exception cref="ElfFormatException">It is not a complete 64-bit little-endian ELF file.</exception>
    public ElfFile(byte[] content)
    {
        this.content = content;
        ReadOnlySpan<byte> header = content.AsSpan(0, Math.Min(HeaderBytes, content.Length));
        if (Fault(header, content.Length) is { } fault) throw new ElfFormatException(fault);
        ulong table = U64(40);
        int count = U16(60);
        if (count > 0 && U16(58) != SectionEntryBytes) throw new ElfFormatException("Its section table has entries of an unknown size.");
        Sections = new ElfSection[count];
        for (int i = 0; i < count; i++)
        {
            ulong at = table + (ulong)(i * SectionEntryBytes);
            Sections[i] = new ElfSection(U32(at + 4), U64(at + 24), U64(at + 32), U32(at + 40), U32(at + 44));
        }
    }

    /// <summary>Sections in the order of the table.</summary>
    public ElfSection[] Sections { get; }

    /// <summary>What keeps a file from being a complete 64-bit little-endian ELF file; null where nothing does.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? FaultOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[HeaderBytes];
        header = header[..file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false)];
        if (Fault(header, file.Length) is { } fault) return fault;

        Span<byte> entry = stackalloc byte[ProgramEntryBytes];
        file.Position = (long)BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
        for (int i = BinaryPrimitives.ReadUInt16LittleEndian(header[56..]); i > 0; i--)
        {
            file.ReadExactly(entry);
            ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]), size = BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]);
            if (!Fits(offset, size, file.Length)) return TooShort;
        }

        return null;
    }

    /// <summary>The 16-bit number at an offset.</summary>
    public ushort U16(ulong at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(at, 2));

    /// <summary>The 32-bit number at an offset.</summary>
    public uint U32(ulong at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(at, 4));

    /// <summary>The 64-bit number at an offset.</summary>
    public ulong U64(ulong at) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(at, 8));

    /// <summary>Bytes of the file.</summary>
    /// <exception cref="ElfFormatException">They are not all inside the file.</exception>
    public Span<byte> Bytes(ulong at, ulong count) => Fits(at, count, content.Length)
        ? content.AsSpan((int)at, (int)count)
        : throw new ElfFormatException(TooShort);

    /// <summary>Whether a section's string at an offset is exactly an ASCII text.</summary>
    public bool HasText(ElfSection strings, ulong offset, ReadOnlySpan<byte> text)
    {
        if (offset > strings.Size || strings.Size - offset <= (ulong)text.Length) return false;
        ReadOnlySpan<byte> found = Bytes(strings.Offset + offset, (ulong)text.Length + 1);
        return found[..^1].SequenceEqual(text) && found[^1] == 0;
    }

    private static string? Fault(ReadOnlySpan<byte> header, long length)
    {
        if (header.Length < 4 || !header[..4].SequenceEqual("\u007fELF"u8)) return "It is not an ELF library.";
        if (header.Length < HeaderBytes) return TooShort;
        if (header[4] != 2 || header[5] != 1) return "It is not a 64-bit little-endian library.";
        ushort programs = BinaryPrimitives.ReadUInt16LittleEndian(header[56..]);
        ushort sections = BinaryPrimitives.ReadUInt16LittleEndian(header[60..]);
        if (programs > 0 && BinaryPrimitives.ReadUInt16LittleEndian(header[54..]) != ProgramEntryBytes)
            return "Its program table has entries of an unknown size.";
        ulong programsEnd = (ulong)programs * ProgramEntryBytes;
        ulong sectionsEnd = (ulong)sections * BinaryPrimitives.ReadUInt16LittleEndian(header[58..]);
        return Fits(BinaryPrimitives.ReadUInt64LittleEndian(header[32..]), programsEnd, length)
            && Fits(BinaryPrimitives.ReadUInt64LittleEndian(header[40..]), sectionsEnd, length) ? null : TooShort;
    }

    private static bool Fits(ulong offset, ulong size, long length) => offset <= (ulong)length && size <= (ulong)length - offset;
}
