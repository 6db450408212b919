namespace Daypass.Service.Federation.Saml;

/// <summary>A document that is not taken. The message is for whoever sent it and repeats nothing that was sent.</summary>
/// <param name="detail">For the log.</param>
internal sealed class XmlRefusedException(string message, string? detail = null) : Exception(message)
{
    public string? Detail { get; } = detail;
}
