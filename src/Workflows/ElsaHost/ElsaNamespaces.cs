// Elsa has moved its contracts from these namespaces to the ones around them, some in each release: here both are looked into.
namespace Elsa.Workflows.Contracts
{
}

namespace Elsa.Workflows.Management.Contracts
{
}

namespace Elsa.Workflows.Runtime.Contracts
{
}
