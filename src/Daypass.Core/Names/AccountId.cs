using System.Globalization;

namespace Daypass.Names;

/// <summary>
/// The number of an account: at least 1 and below 10^12. ARNs write it with twelve digits; <c>ucs:</c> URNs write it plainly.
/// </summary>
public readonly record struct AccountId : IComparable<AccountId>
{
    /// <summary>The first number that is too large for an account: 10^12.</summary>
    public const long Limit = 1_000_000_000_000;

    private AccountId(long number) => Number = number;

    /// <summary>The plain number; 0 only for a value that was never set.</summary>
    public long Number { get; }

    /// <summary>Whether this is an account at all (a default value is not).</summary>
    public bool IsSet => Number != 0;

    /// <summary>Makes an account id of a number from 1 to 10^12 - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public static AccountId Of(long number) =>
        number is > 0 and < Limit ? new AccountId(number) : throw new ArgumentOutOfRangeException(nameof(number), number, "An account id is from 1 to 999999999999.");

    /// <summary>Reads exactly twelve ASCII digits; false for anything else, and for twelve zeros.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AccountId account)
    {
        account = default;
        if (text.Length != 12 || text.ContainsAnyExceptInRange('0', '9'))
            return false;
        var number = long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        if (number == 0)
            return false;
        account = new AccountId(number);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(AccountId other) => Number.CompareTo(other.Number);

    /// <summary>Twelve digits.</summary>
    public override string ToString() => Number.ToString("D12", CultureInfo.InvariantCulture);
}
