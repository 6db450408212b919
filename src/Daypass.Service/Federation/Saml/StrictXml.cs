using System.Xml;

namespace Daypass.Service.Federation.Saml;

/// <summary>How much of XML is taken.</summary>
/// <param name="Characters">Of the whole document.</param>
/// <param name="Depth">Elements inside one another.</param>
/// <param name="Nodes">Elements, attributes and texts together.</param>
/// <param name="Attributes">Of one element, declarations of namespaces counted.</param>
/// <param name="IsMessage">Messages are checked for ids and take no comments; what an administrator uploads may have them, and they are dropped.</param>
internal sealed record XmlLimits(int Characters, int Depth, int Nodes, int Attributes, bool IsMessage);

/// <summary>
/// Reads XML of strangers: a first pass over the bare parser counts and refuses, and only then is a tree made, the only one that there ever is. What
/// canonicalisation costs grows with depth and with attributes, so both are bounded before it can see them; what different readers might read
/// differently (comments, processing instructions, CDATA, entities, a document type, ids by another name) is not there at all.
/// </summary>
internal static class StrictXml
{
    public static readonly XmlLimits Message = new(100_000, 32, 5_000, 64, IsMessage: true);
    public static readonly XmlLimits Metadata = new(10_000_000, 32, 100_000, 64, IsMessage: false);
    private const string Declarations = "http://www.w3.org/2000/xmlns/";

    /// <exception cref="XmlRefusedException">It is no XML, or more than <paramref name="limits"/> let in.</exception>
    public static XmlDocument Read(string text, XmlLimits limits)
    {
        try
        {
            Walk(text, limits);
            // White space is part of what was signed.
            var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
            using var reader = Open(text, limits);
            document.Load(reader);
            return document;
        }
        catch (XmlException failure)
        {
            throw new XmlRefusedException("it is not well-formed XML without a document type", failure.Message);
        }
    }

    private static void Walk(string text, XmlLimits limits)
    {
        using var reader = Open(text, limits);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var nodes = 0;
        while (reader.Read())
        {
            nodes += 1 + reader.AttributeCount;
            if (nodes > limits.Nodes || reader.Depth >= limits.Depth || reader.AttributeCount > limits.Attributes)
                throw new XmlRefusedException("it has too many elements or attributes, or they are nested too deeply");
            if (reader.NodeType == XmlNodeType.XmlDeclaration)
                CheckDeclaration(reader);
            else if (reader.NodeType == XmlNodeType.Element)
                CheckAttributes(reader, ids, limits);
            else if (reader.NodeType is not (XmlNodeType.EndElement or XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
                throw new XmlRefusedException("it has comments, processing instructions, CDATA sections or entities");
        }
    }

    private static void CheckDeclaration(XmlReader reader)
    {
        if (reader.GetAttribute("encoding") is { } encoding && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new XmlRefusedException("it is not in UTF-8");
    }

    private static void CheckAttributes(XmlReader reader, HashSet<string> ids, XmlLimits limits)
    {
        // Signatures and encrypted data spell it "Id".
        var isCryptography = reader.NamespaceURI is SamlNames.Signature or SamlNames.Encryption;
        while (reader.MoveToNextAttribute())
        {
            // Canonicalisation of relative names is undefined; implementations have come out empty.
            if (reader.NamespaceURI == Declarations && reader.Value.Length > 0 && !reader.Value.Contains(':', StringComparison.Ordinal))
                throw new XmlRefusedException("it has a relative namespace");
            if (limits.IsMessage && reader.LocalName.Equals("id", StringComparison.OrdinalIgnoreCase) && reader.NamespaceURI != Declarations)
                CheckId(reader, ids, isCryptography ? "Id" : "ID");
        }
        reader.MoveToElement();
    }

    private static void CheckId(XmlReader reader, HashSet<string> ids, string name)
    {
        if (reader.Name != name || !IsName(reader.Value) || !ids.Add(reader.Value))
            throw new XmlRefusedException("it has an ID twice, by another name, or one that is no name");
    }

    private static bool IsName(string value) => value.Length is > 0 and <= 256 && XmlConvert.IsStartNCNameChar(value[0]) && value.All(XmlConvert.IsNCNameChar);

    private static XmlReader Open(string text, XmlLimits limits) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = limits.Characters,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = !limits.IsMessage,
    });
}
