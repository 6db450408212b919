using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>The refusals of the Organizations API, with the codes of its model and AWS's texts.</summary>
internal static class OrganizationsErrors
{
    public static ApiException NotInUse() => Errors.Service("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");

    public static ApiException AlreadyInOrganization() =>
        Errors.Service("AlreadyInOrganizationException", "The AWS account is already a member of an organization.");

    /// <summary>What a member is told when it asks for what only the management account may do, whatever its policies allow.</summary>
    public static ApiException OnlyManagement() => Errors.AccessDenied("You don't have permissions to access this resource.");

    public static ApiException NoSuchAccount() => Errors.Service("AccountNotFoundException", "You specified an account that doesn't exist.");

    public static ApiException NoSuchRequest() =>
        Errors.Service("CreateAccountStatusNotFoundException", "You specified a create account request that doesn't exist.");

    /// <param name="reason">A value of the model's <c>InvalidInputExceptionReason</c>.</param>
    /// <param name="message">Names the parameter and what it must be.</param>
    public static ApiException InvalidInput(string reason, string message) => Errors.Service("InvalidInputException", message, reason: reason);
}
