using Daypass.Policies.Matching;

namespace Daypass.Policies;

/// <summary>Where AWS's documentation is silent or contradicts itself, what this engine does: one name and one reason each.</summary>
internal static class PolicyChoices
{
    /// <summary>The longest text that is parsed at all: the longest that IAM's parameters take, white space included.</summary>
    public const int MaxLength = 131_072;

    /// <summary>The longest stored text that is still read; a longer one denies everything. No rule of writing was ever as generous.</summary>
    public const int MaxStoredLength = 1_048_576;

    /// <summary>Nesting of JSON; a policy needs five levels.</summary>
    public const int MaxDepth = 64;

    /// <summary>Runs of <c>*</c> in one pattern: the cost of matching grows with them, and no sensible pattern has ten.</summary>
    public const int MaxStars = 64;

    /// <summary>A <c>*</c> that ends an ARN field may stand for further fields too, as the current guide says of resources.</summary>
    public static bool StarCrossesColons => true;

    /// <summary>An entry of <c>NotResource</c> whose variable has no value matches nothing and so excludes nothing; else the statement would not apply at all.</summary>
    public static bool UnresolvedNotResourceExcludesNothing => true;

    /// <summary><c>NotPrincipal</c> with Deny spares only callers whose every form is listed: the guide's reading, and it fails closed.</summary>
    public static bool NotPrincipalNeedsEveryForm => true;

    /// <summary>The guide warns that <c>NotPrincipal</c> with Deny always denies a caller that has a boundary.</summary>
    public static bool NotPrincipalDeniesBoundedCallers => true;

    /// <summary>An Allow for <c>*</c> is not for bearers of foreign tokens: a provider must be named to be trusted.</summary>
    public static bool AnyoneIncludesFederation => false;

    /// <summary><c>NotPrincipal</c> with Allow grants as <c>*</c> does, since it includes anonymous callers too.</summary>
    public static PrincipalMatch NotPrincipalAllowGrants => PrincipalMatch.Direct;

    /// <summary>A key declared multivalued under an operator without set prefix makes the condition false, negated or not.</summary>
    public static bool ListWithoutSetOperatorMatches => false;

    /// <summary><c>IfExists</c> has no effect behind <c>ForAnyValue</c>: independent tests say that the set prefix decides.</summary>
    public static bool IfExistsCountsUnderSetOperator => false;

    /// <summary>A request value that the operator cannot read makes the condition false, negated or not.</summary>
    public static bool UnreadableValueMatches => false;

    /// <summary><c>ForAllValues</c> takes a list of one empty text for an empty list, as the guide says.</summary>
    public static bool OneEmptyTextIsNoValue => true;

    /// <summary>A negated operator with an empty list of values is true of any value, since it equals none of them; a positive one is false.</summary>
    public static bool NegationOfNoValuesMatches => true;

    /// <summary>An IPv4 address that is mapped into IPv6 is the IPv4 address: dual-stack sockets report callers so.</summary>
    public static bool MappedAddressIsV4 => true;

    /// <summary>A variable whose key is present with an empty text stands for the empty text; its default is for missing keys.</summary>
    public static bool EmptyTextTakesDefault => false;

    /// <summary>An empty text counts as present for <c>Null</c>; an empty list counts as absent.</summary>
    public static bool EmptyTextIsPresent => true;

    /// <summary>Variables are resolved under <c>Bool</c>: one of the two guide pages that disagree says so.</summary>
    public static bool BoolTakesVariables => true;

    /// <summary>A date without a time zone is in UTC.</summary>
    public static TimeSpan DateWithoutZone => TimeSpan.Zero;

    /// <summary>Four digits are a year, any other number of digits are epoch seconds.</summary>
    public const int DigitsOfYear = 4;

    /// <summary>Two spellings of one key under one operator are refused: which of them guards is anybody's guess.</summary>
    public static bool TwoSpellingsOfOneKeyAreRefused => true;

    /// <summary>A variable that can never have a value, such as <c>${key,'x'}</c> without the blank, is refused on write: a Deny would guard nothing with it.</summary>
    public static bool UnresolvableVariablesAreRefused => true;

    /// <summary>uproject's documents name no variables; as conditions are, they are an extension, so that both syntaxes can say the same.</summary>
    public static bool UprojectTakesVariables => true;

    /// <summary>A policy of uproject's that only grants or limits may leave <c>Resource</c> out, or say null: it means <c>*</c>, as their Terraform provider writes it.</summary>
    public static bool UprojectResourceIsOptional => true;

    /// <summary>Numbers, dates, addresses and base64 that cannot be read are refused on write: under a negated operator they would guard nothing.</summary>
    public static bool UnreadableOperandsAreRefused => true;
}
