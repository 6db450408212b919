namespace Daypass.Service.Federation.Saml;

/// <summary>An attribute of an assertion, all statements together.</summary>
/// <param name="Name">Letter for letter.</param>
/// <param name="Values">Null for a value that is XML of its own.</param>
internal sealed record SamlAttribute(string Name, IReadOnlyList<string?> Values);
