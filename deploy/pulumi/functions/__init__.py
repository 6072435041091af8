"""Sources of the Lambda functions: the standard library and boto3, which Lambda brings along."""
