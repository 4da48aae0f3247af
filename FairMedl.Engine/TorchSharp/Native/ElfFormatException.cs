namespace FairMedl.Engine.TorchSharp.Native;

/// <summary>Thrown when an ELF file is damaged or not as expected. The message is a sentence without a subject's path.</summary>
internal sealed class ElfFormatException(string message) : Exception(message);
