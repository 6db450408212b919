namespace Daypass.Policies.Parsing;

/// <summary>
/// Reads what <see cref="PolicyParser"/> refuses, failing closed; see <see cref="PolicyDocument.ReadStored(string, PolicyType)"/>. It has no rules of its own: an element
/// is understood if the parser takes it in an otherwise plain statement. All elements of a statement narrow it, so a Deny without one
/// that is not understood denies at least as much.
/// </summary>
internal sealed class StoredReader(string text, PolicyType type, PolicySyntax syntax, PolicyError fault)
{
    private readonly PolicySource _source = new(text);
    private bool _variables;

    public PolicyDocument Read()
    {
        if (text.Length > PolicyChoices.MaxStoredLength || JsonTree.TryRead(_source, allowsRepeated: true, out _) is not { } written || !AreStatementsClear(written))
            return ClosedDocument.Of(text, type, syntax, fault);
        var root = UrnTranslation.Of(written, syntax, type);
        _variables = syntax.HasVariables(root["Version"]?.Text);
        return new(text, type, syntax, root, [.. root["Statement"]!.OneOrMany.Select(Statement)], fault);
    }

    /// <summary>Whether it is certain what the statements are and what version they are in.</summary>
    private bool AreStatementsClear(JsonItem root) =>
        root is { Kind: JsonKind.Object, Repeated: null }
        && SyntaxCheck.Unknown(root, SyntaxCheck.DocumentElements) is null
        && SyntaxCheck.IsVersionOrMissing(root["Version"], syntax)
        && root["Statement"] is { Kind: JsonKind.Object or JsonKind.Array };

    private Statement Statement(JsonItem item)
    {
        if (item.Kind != JsonKind.Object)
            return Compile(StatementElements.Widest(type, item), isUnderstood: false);
        var known = Known(item);
        if (IsTaken(known) && !item.HasRepeated && item.Members.Keys.All(SyntaxCheck.IsElement))
            return Compile(known, isUnderstood: true);
        return Compile(IsClearly("Allow", item) ? Inert(known) : Widened(item), isUnderstood: false);
    }

    /// <summary>The elements but the Sid, which decides nothing, if it is no text.</summary>
    private static JsonItem Known(JsonItem item)
    {
        var known = StatementElements.At(item);
        foreach (var (name, value) in item.Members)
        {
            if (SyntaxCheck.IsElement(name) && (name != "Sid" || value.Kind == JsonKind.Text))
                known.Members.Add(name, value);
        }
        return known;
    }

    private static bool IsClearly(string effect, JsonItem item) =>
        item["Effect"] is { Kind: JsonKind.Text } word && word.Text == effect && item.Repeated?.Contains("Effect") is not true;

    /// <summary>An Allow of no action.</summary>
    private static JsonItem Inert(JsonItem known)
    {
        var inert = StatementElements.At(known);
        if (known["Sid"] is { } sid)
            inert.Members.Add("Sid", sid);
        StatementElements.Add(inert, "Effect", "Allow");
        inert.Members.Add("Action", new JsonItem { Kind = JsonKind.Array, Start = known.Start });
        return inert;
    }

    /// <summary>A Deny of all that the statement may have meant.</summary>
    private JsonItem Widened(JsonItem item)
    {
        var widest = StatementElements.Widest(type, item);
        if (item["Sid"] is { Kind: JsonKind.Text } sid)
            widest.Members.Add("Sid", sid);
        Narrow(widest, item, "Principal", "NotPrincipal");
        Narrow(widest, item, "Action", "NotAction");
        Narrow(widest, item, "Resource", "NotResource");
        if (UnderstoodConditions(item) is { } conditions)
            widest.Members.Add("Condition", conditions);
        return widest;
    }

    private void Narrow(JsonItem widest, JsonItem item, string name, string opposite)
    {
        var written = item[name] is null ? opposite : name;
        if (item[written] is not { } value || item[name] is not null == item[opposite] is not null || !IsUnderstood(item, written, value))
            return;
        widest.Members.Remove(name);
        widest.Members.Add(written, value);
    }

    private JsonItem? UnderstoodConditions(JsonItem item)
    {
        if (item["Condition"] is not { Kind: JsonKind.Object } written || item.Repeated?.Contains("Condition") is true)
            return null;
        var conditions = StatementElements.At(written);
        foreach (var (name, keys) in written.Members)
        {
            if (written.Repeated?.Contains(name) is not true && keys.Kind == JsonKind.Object)
                conditions.Members.Add(name, UnderstoodKeys(item, name, keys));
        }
        return conditions;
    }

    /// <summary>Two spellings of one key are both left out: either may be the one that was meant.</summary>
    private JsonItem UnderstoodKeys(JsonItem item, string name, JsonItem keys)
    {
        var understood = StatementElements.At(keys);
        foreach (var (key, values) in keys.Members)
        {
            var isAlone = keys.Repeated?.Contains(key) is not true && keys.Members.Keys.Count(other => other.Equals(key, StringComparison.OrdinalIgnoreCase)) == 1;
            var one = StatementElements.At(keys);
            one.Members.Add(key, values);
            var condition = StatementElements.At(keys);
            condition.Members.Add(name, one);
            if (isAlone && IsUnderstood(item, "Condition", condition))
                understood.Members.Add(key, values);
        }
        return understood;
    }

    /// <summary>Whether the parser takes an element of a Deny by itself.</summary>
    private bool IsUnderstood(JsonItem item, string name, JsonItem value)
    {
        if (item.Repeated?.Contains(name) is true || value.HasRepeated)
            return false;
        var plain = StatementElements.Plain(type, "Deny");
        plain.Members.Remove(name.StartsWith("Not", StringComparison.Ordinal) ? name[3..] : name);
        plain.Members.Add(name, value);
        return IsTaken(plain);
    }

    /// <summary>Whether the parser takes a statement by itself; its Sid may be any text.</summary>
    private bool IsTaken(JsonItem statement)
    {
        var withoutSid = StatementElements.At(statement);
        foreach (var (name, value) in statement.Members)
        {
            if (name != "Sid")
                withoutSid.Members.Add(name, value);
        }
        var root = new JsonItem { Kind = JsonKind.Object, Start = 0 };
        root.Members.Add("Statement", withoutSid);
        return SyntaxCheck.FaultIn(root, syntax) is null && new MeaningCheck(_source, type, syntax, [new(withoutSid)], _variables).FirstFault() is null;
    }

    private Statement Compile(JsonItem statement, bool isUnderstood) => PolicyParser.Compile(_source, new(statement), _variables, isUnderstood);
}
