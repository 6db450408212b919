using Daypass.Names;
using Daypass.Policies.Conditions;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Condition keys: whether they exist, whether the actions have them, and whether the operator fits what they are.</summary>
internal static class ConditionKeyChecks
{
    /// <summary>Keys of other services that a service has as well, by service.</summary>
    private static readonly (string Service, string KeyPrefix)[] Lent = [("sts", "iam")];

    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var statement in policy.Statements)
        {
            var services = ServicesOf(statement);
            foreach (var condition in statement.Conditions.Where(condition => condition.Key.Name.Contains(':', StringComparison.Ordinal)))
            {
                if (KnownKeys.Find(condition.Key.Name) is { } key)
                {
                    Fit(condition, key, findings);
                    Support(condition, services, findings);
                }
                else
                {
                    Unknown(condition, policy.Syntax, findings);
                }
            }
        }
    }

    private static void Unknown(ConditionDraft condition, PolicySyntax syntax, Findings findings)
    {
        var name = condition.Key.Name;
        if (IsOfUproject(name, syntax) && !condition.IsOn(PolicyDocument.ProjectKey))
            findings.AddKey(Issues.InvalidGlobalConditionKey, condition.Key, $"There is no condition key {Words.Quote(name)}.{MeantBy(name)}");
        if (KnownKeys.TableOf(name) is not { } table)
            return;
        var hint = findings.IsFull(Issues.InvalidGlobalConditionKey) ? "" : Words.DidYouMean(name, table.Names);
        if (table.FindWithoutTag(name) is { } family)
            findings.AddKey(Issues.MissingTagKeyInCondition, condition.Key, $"The key {Words.Quote(name)} needs the name of a tag: {family.Name[..^1]}name.");
        else if (name.Equals("aws:ARN", StringComparison.OrdinalIgnoreCase))
            findings.AddKey(Issues.UnsupportedGlobalConditionKey, condition.Key, "The key aws:ARN is never there. Use aws:PrincipalArn or aws:SourceArn.");
        else if (KnownKeys.PrefixOf(name).Equals("aws", StringComparison.OrdinalIgnoreCase))
            findings.AddKey(Issues.InvalidGlobalConditionKey, condition.Key, $"There is no global condition key {Words.Quote(name)}.{hint}");
        else
            findings.AddKey(Issues.InvalidServiceConditionKey, condition.Key, $"The service {KnownKeys.PrefixOf(name)} has no condition key {Words.Quote(name)}.{hint}");
    }

    // Only Daypass fills keys of these names, and it fills one, by one name for all brands.
    private static bool IsOfUproject(string key, PolicySyntax syntax) =>
        KnownKeys.PrefixOf(key) is { Length: > 0 } prefix && (prefix.Equals(Urn.DefaultPrefix, StringComparison.OrdinalIgnoreCase) || prefix == syntax.UrnPrefix);

    private static string MeantBy(string key)
    {
        var rest = key[(KnownKeys.PrefixOf(key).Length + 1)..];
        if (rest.Equals("ProjectId", StringComparison.OrdinalIgnoreCase))
            return $" Write {PolicyDocument.ProjectKey}, whatever the brand.";
        return rest.EndsWith("Urn", StringComparison.OrdinalIgnoreCase) && KnownKeys.Find($"aws:{rest[..^3]}Arn") is { } arn
            ? $" Write {arn.Name}, whose values are ARNs."
            : $" There is {PolicyDocument.ProjectKey}; all others are AWS's.";
    }

    private static void Fit(ConditionDraft condition, KeyFacts key, Findings findings)
    {
        if (condition.Name is not { } name || name.Operator.IsNull)
            return;
        if (key.IsMany && name.Set == SetMode.None)
            findings.AddKey(Issues.MissingQualifier, condition.Key, $"The key {key.Name} has several values: without ForAllValues or ForAnyValue before {name} this is never met.");
        if (!Fits(name.Operator.Name, key))
            findings.AddKey(Issues.TypeMismatch, condition.Key, $"The key {key.Name} is of type {key.Type}, to which the operator {name} does not fit.");
    }

    private static bool Fits(string operation, KeyFacts key) => key.Type switch
    {
        // Identifiers of any kind are compared as texts, too, and account ids happen to be digits.
        KeyType.String => Is(operation, "String") || Is(operation, "Arn") || Is(operation, "Binary"),
        KeyType.Arn => Is(operation, "Arn") || Is(operation, "String"),
        KeyType.Numeric => Is(operation, "Numeric"),
        // Epoch seconds are numbers.
        KeyType.Date => Is(operation, "Date") || (key.Name == "aws:EpochTime" && Is(operation, "Numeric")),
        KeyType.Bool => Is(operation, "Bool"),
        _ => Is(operation, "IpAddress") || Is(operation, "NotIpAddress"),
    };

    private static bool Is(string operation, string family) => operation.StartsWith(family, StringComparison.Ordinal);

    /// <summary>A key of one service in a statement about others only.</summary>
    private static void Support(ConditionDraft condition, IReadOnlyList<ServiceFacts>? services, Findings findings)
    {
        var prefix = KnownKeys.PrefixOf(condition.Key.Name);
        if (services is null or [] || ServiceTable.Find(prefix) is not { } owner || services.Contains(owner))
            return;
        if (!services.Any(service => Lent.Contains((service.Name, owner.Name))))
            findings.AddKey(Issues.UnsupportedConditionKeyForService, condition.Key, $"The key {condition.Key.Name} is one of {owner.Name}; requests of {string.Join(", ", services.Select(service => service.Name))} never have it.");
    }

    /// <summary>The services of all actions; null if one is not known.</summary>
    private static List<ServiceFacts>? ServicesOf(StatementDraft statement)
    {
        var services = new List<ServiceFacts>();
        foreach (var action in statement.Actions)
        {
            var colon = action.Text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || ServiceTable.Find(action.Text[..colon]) is not { } service)
                return null;
            if (!services.Contains(service))
                services.Add(service);
        }
        return services;
    }
}
