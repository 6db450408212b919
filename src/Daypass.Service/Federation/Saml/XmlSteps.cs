using System.Xml;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// Steps from an element to its own children, by namespace and name. There is no other way to read here: no search through a document, so nothing can
/// stand where it is found and not where it counts.
/// </summary>
internal static class XmlSteps
{
    public static IEnumerable<XmlElement> Elements(this XmlElement parent) => parent.ChildNodes.OfType<XmlElement>();

    public static IEnumerable<XmlElement> Elements(this XmlElement parent, string space, string name) => parent.Elements().Where(child => child.Is(space, name));

    public static bool Is(this XmlElement element, string space, string name) => element.LocalName == name && element.NamespaceURI == space;

    /// <summary>The child of that name, or null.</summary>
    /// <exception cref="XmlRefusedException">There is more than one.</exception>
    public static XmlElement? Find(this XmlElement parent, string space, string name)
    {
        XmlElement? found = null;
        foreach (var child in parent.Elements(space, name))
            found = found is null ? child : throw new XmlRefusedException($"its {parent.LocalName} has more than one {name}");
        return found;
    }

    /// <exception cref="XmlRefusedException">There is none, or more than one.</exception>
    public static XmlElement Require(this XmlElement parent, string space, string name) =>
        parent.Find(space, name) ?? throw new XmlRefusedException($"its {parent.LocalName} has no {name}");

    /// <summary>The text that an element holds; null when it holds elements.</summary>
    public static string? Text(this XmlElement element) => element.Elements().Any() ? null : element.InnerText;

    /// <exception cref="XmlRefusedException">It holds elements, or nothing.</exception>
    public static string RequireText(this XmlElement element) =>
        element.Text()?.Trim(' ', '\t', '\r', '\n') is { Length: > 0 } text ? text : throw new XmlRefusedException($"its {element.LocalName} has no text");

    /// <summary>An attribute without a namespace; null when it is not there.</summary>
    public static string? Attribute(this XmlElement element, string name) => element.GetAttributeNode(name, "")?.Value;
}
