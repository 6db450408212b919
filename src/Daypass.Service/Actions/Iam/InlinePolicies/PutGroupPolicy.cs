using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>Writes an inline policy of a group.</summary>
internal sealed class PutGroupPolicy() : PutInlinePolicy<Group>(HolderKinds.Group);
