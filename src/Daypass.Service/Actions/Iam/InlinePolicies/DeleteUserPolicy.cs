using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>Takes an inline policy from a user.</summary>
internal sealed class DeleteUserPolicy() : DeleteInlinePolicy<User>(HolderKinds.User);
