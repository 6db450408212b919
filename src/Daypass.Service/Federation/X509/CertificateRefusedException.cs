namespace Daypass.Service.Federation.X509;

/// <summary>A certificate, a path or a list that is not taken. The message ends a sentence about it; whoever asked turns it into his error.</summary>
internal sealed class CertificateRefusedException(string message) : Exception(message);
