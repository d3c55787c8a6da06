import { clerkClient } from '@clerk/clerk-sdk-node'
app.post('/updateStripe', async (req, res) => {
const { stripeId, userId } = await body.json()
await clerkClient.users.updateUserMetadata(userId, {
unsafeMetadata: {
birthday: '11-30-1969',
},
})
res.status(200).json({ success: true })
})
